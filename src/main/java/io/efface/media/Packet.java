package io.efface.media;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * A piece of a stream as the container holds it. Owned by the {@link Demuxer} it came from and
 * valid until that reads on.
 */
public final class Packet {
  private final AVPacket packet;

  Packet(AVPacket packet) {
    this.packet = packet;
  }

  /** Number of the stream in its file. */
  public int stream() {
    return packet.stream_index();
  }

  AVPacket get() {
    return packet;
  }
}
