/** Demuxing, decoding, encoding and muxing; alone touches FFmpeg. May use {@code geometry}. */
@NullMarked
package io.efface.media;

import org.jspecify.annotations.NullMarked;
