package io.efface.media;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Takes packets from an encoder; borrows each for the call and may move its contents out. */
@FunctionalInterface
interface EncodedSink {
  void accept(AVPacket packet);
}
