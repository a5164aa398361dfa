package io.efface.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/** The bytes of native packets. */
final class PacketBytes {
  /** What failed where a packet finds no room. */
  static final String NO_MEMORY = "there is not enough memory for a packet";

  private PacketBytes() {}

  /** A copy of a packet's bytes. */
  static byte[] of(AVPacket packet) {
    byte[] data = new byte[packet.size()];
    if (data.length > 0) {
      packet.data().get(data);
    }
    return data;
  }

  /**
   * Gives a packet other bytes, as many as it has; those that share its old ones keep them.
   *
   * @param path of the input, for messages
   * @throws MediaException if there is no memory for them
   */
  static void put(byte[] data, AVPacket packet, Path path) {
    FFmpeg.check(avcodec.av_packet_make_writable(packet), path, "copy", NO_MEMORY);
    packet.data().put(data);
  }

  /**
   * Another packet of the same bytes, owned by the caller.
   *
   * @throws MediaException if there is no memory for it
   */
  static AVPacket share(AVPacket packet, Path path) {
    AVPacket other = avcodec.av_packet_clone(packet);
    if (other == null) {
      throw new MediaException(path, "read", NO_MEMORY);
    }
    return other;
  }
}
