/**
 * What was found and decided, as a file without pixels. May use {@code track}, {@code detect},
 * {@code geometry}.
 */
@NullMarked
package io.efface.manifest;

import org.jspecify.annotations.NullMarked;
