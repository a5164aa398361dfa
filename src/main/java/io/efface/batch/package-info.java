/**
 * Many files at once: which they are, what their outputs are called, what is done already, and
 * their running side by side. May use {@code pipeline} and what that may use.
 */
@NullMarked
package io.efface.batch;

import org.jspecify.annotations.NullMarked;
