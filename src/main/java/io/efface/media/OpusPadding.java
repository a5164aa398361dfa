package io.efface.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where padding lies in a packet of Opus (RFC 6716, 3.2): a packet of any number of frames may be
 * filled up with bytes that no decoder reads. Sound of more than two channels has several streams,
 * each with a packet inside the packet, all but the last of which tell their own length (appendix
 * B).
 */
public final class OpusPadding {
  private static final int MOST_FRAME_BYTES = 1275;

  /** Of a packet, in units of 2.5 ms: 120 ms. */
  private static final int MOST_UNITS = 48;

  private static final int LONG_LENGTH = 252;
  private static final int MORE_PADDING = 255;
  private static final int PADDING_A_BYTE = 254;

  private final byte[] packet;
  private final List<Span> spans = new ArrayList<>();
  private int at;
  private boolean broken;

  /**
   * Bytes of padding.
   *
   * @param from its first
   * @param to behind its last
   */
  public record Span(int from, int to) {}

  private OpusPadding(byte[] packet) {
    this.packet = packet;
  }

  /**
   * The padding of a packet.
   *
   * @param packet borrowed
   * @param streams how many there are in it, at least 1
   * @return its places, in order; nothing if the packet contradicts itself, so that no decoder
   *     takes it
   */
  public static Optional<List<Span>> of(byte[] packet, int streams) {
    OpusPadding padding = new OpusPadding(packet);
    for (int stream = 1; stream <= streams && !padding.broken; stream++) {
      padding.stream(stream < streams);
    }
    return padding.broken ? Optional.empty() : Optional.of(List.copyOf(padding.spans));
  }

  /** Steps over one stream's packet, which tells its own length, or reaches to the end. */
  private void stream(boolean delimited) {
    int toc = u8();
    int code = toc & 3;
    int frames = code == 0 ? 1 : 2;
    boolean variable = code == 2;
    int padding = 0;
    if (code == 3) {
      int count = u8();
      frames = count & 0x3f;
      variable = (count & 0x80) != 0;
      padding = (count & 0x40) != 0 ? paddingBytes() : 0;
      broken |= frames == 0 || frames * units(toc >> 3) > MOST_UNITS;
    }
    if (broken) {
      return;
    }
    int bytes = 0;
    if (variable) {
      for (int i = 1; i < frames; i++) {
        bytes += length();
      }
      int last = delimited ? length() : packet.length - padding - bytes - at;
      checkFrame(last);
      bytes += last;
    } else if (delimited) {
      bytes = frames * length();
    } else {
      bytes = packet.length - padding - at;
      broken |= bytes % frames != 0;
      checkFrame(bytes / frames);
    }
    int end = at + bytes;
    broken |= end + padding > packet.length;
    if (padding > 0) {
      spans.add(new Span(end, end + padding));
    }
    at = end + padding;
  }

  private void checkFrame(int bytes) {
    broken |= bytes < 0 || bytes > MOST_FRAME_BYTES;
  }

  /** How long a frame lasts, in units of 2.5 ms, by its configuration (RFC 6716, table 2). */
  private static int units(int configuration) {
    if (configuration < 12) {
      return (configuration & 3) == 3 ? 24 : 4 << (configuration & 3);
    }
    return configuration < 16 ? 4 << (configuration & 1) : 1 << (configuration & 3);
  }

  /** How long a frame is; at most {@link #MOST_FRAME_BYTES} can be told. */
  private int length() {
    int first = u8();
    return first < LONG_LENGTH ? first : first + 4 * u8();
  }

  private int paddingBytes() {
    int bytes = 0;
    int part;
    do {
      part = u8();
      bytes += part == MORE_PADDING ? PADDING_A_BYTE : part;
    } while (part == MORE_PADDING && bytes <= packet.length);
    return bytes;
  }

  /** The next byte; 0 behind the end, which breaks the packet. */
  private int u8() {
    if (at >= packet.length) {
      broken = true;
      return 0;
    }
    return packet[at++] & 0xff;
  }
}
