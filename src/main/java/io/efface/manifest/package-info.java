/**
 * What was found and decided, as a file without pixels, and the strict JSON reading that reports
 * share. May use {@code track}, {@code redact}, {@code detect}, {@code media} and {@code geometry}.
 */
@NullMarked
package io.efface.manifest;

import org.jspecify.annotations.NullMarked;
