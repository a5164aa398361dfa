/** The entry of the program. May use {@code cli} only. */
@NullMarked
package io.efface;

import org.jspecify.annotations.NullMarked;
