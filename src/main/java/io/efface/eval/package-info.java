/**
 * Measures what was found and what was destroyed against truth written down by people: detections
 * in stills, and the objects of a finished clip. May use {@code detect}, {@code media} and {@code
 * geometry}.
 */
@NullMarked
package io.efface.eval;

import org.jspecify.annotations.NullMarked;
