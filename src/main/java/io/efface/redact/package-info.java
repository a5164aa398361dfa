/**
 * Destroys the pixels of regions, in the decoder's own planes. May use {@code media}, {@code
 * geometry} and {@code detect}'s labels.
 */
@NullMarked
package io.efface.redact;

import org.jspecify.annotations.NullMarked;
