/** Damaged and hostile files, by the hundred. */
@NullMarked
package io.efface.fuzz;

import org.jspecify.annotations.NullMarked;
