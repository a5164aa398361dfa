/**
 * What was done to one input, for people and for later checks, without pixels and without the
 * input's metadata values. May use {@code manifest}, {@code track}, {@code detect}, {@code media},
 * {@code redact} and {@code geometry}.
 */
@NullMarked
package io.efface.report;

import org.jspecify.annotations.NullMarked;
