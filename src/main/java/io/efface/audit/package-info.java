/**
 * Checks of the finished file. May use {@code report}, {@code manifest}, {@code track}, {@code
 * detect}, {@code media}, {@code redact} and {@code geometry}.
 */
@NullMarked
package io.efface.audit;

import org.jspecify.annotations.NullMarked;
