/**
 * Finds out whether the program would work on this machine, by trying. May use {@code isolation}
 * and what that may use.
 */
@NullMarked
package io.efface.doctor;

import org.jspecify.annotations.NullMarked;
