package io.efface.media;

import io.efface.media.OpusPadding.Span;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Blanks what decoders skip in a packet of Opus ({@link OpusPadding}). */
final class OpusFiller {
  private OpusFiller() {}

  /**
   * Blanks the padding of a packet.
   *
   * @param packet its bytes become its own where they change
   * @param streams how many there are in it
   * @param path of the input, for messages
   * @return whether it is a packet that decoders take; if not, it is left as it is
   */
  static boolean blank(AVPacket packet, int streams, Path path) {
    byte[] data = PacketBytes.of(packet);
    Optional<List<Span>> padding = OpusPadding.of(data, streams);
    if (padding.isEmpty()) {
      return false;
    }
    for (Span span : padding.get()) {
      Arrays.fill(data, span.from(), span.to(), (byte) 0);
    }
    if (!padding.get().isEmpty()) {
      PacketBytes.put(data, packet, path);
    }
    return true;
  }
}
