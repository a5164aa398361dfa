/**
 * Measures the program against FFmpeg's own transcode, each run in a process of its own. May use
 * {@code pipeline} and {@code media}.
 */
@NullMarked
package io.efface.bench;

import org.jspecify.annotations.NullMarked;
