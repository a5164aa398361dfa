/**
 * Finds objects in a frame; alone touches ONNX Runtime. May use {@code media} and {@code geometry}.
 */
@NullMarked
package io.efface.detect;

import org.jspecify.annotations.NullMarked;
