/**
 * What was found and decided, as a file without pixels, and the strict JSON reading that reports
 * share. May use {@code track}, {@code detect}, {@code geometry} and {@code media}'s {@code
 * Rational}.
 */
@NullMarked
package io.efface.manifest;

import org.jspecify.annotations.NullMarked;
