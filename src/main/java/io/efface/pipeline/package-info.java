/**
 * A job from input file to published output. May use every package but {@code batch}, {@code
 * isolation}, {@code doctor}, {@code bench} and {@code cli}.
 */
@NullMarked
package io.efface.pipeline;

import org.jspecify.annotations.NullMarked;
