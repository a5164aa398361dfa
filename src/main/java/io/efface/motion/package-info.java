/** Measures how the picture as a whole moves. May use {@code media} and {@code geometry}. */
@NullMarked
package io.efface.motion;

import org.jspecify.annotations.NullMarked;
