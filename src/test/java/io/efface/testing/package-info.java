/** What tests share: clips made on the spot, and an independent look at files. */
@NullMarked
package io.efface.testing;

import org.jspecify.annotations.NullMarked;
