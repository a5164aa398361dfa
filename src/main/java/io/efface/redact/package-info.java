/**
 * Destroys the pixels of regions, in the decoder's own planes. May use {@code media} and {@code
 * geometry}.
 */
@NullMarked
package io.efface.redact;

import org.jspecify.annotations.NullMarked;
