package io.efface.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Opus' header (RFC 7845, 5.1). */
final class OpusHead {
  private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
  private static final int CHANNELS_AT = 9;
  private static final int RATE_AT = 12;
  private static final int FAMILY_AT = 18;
  private static final int STREAMS_AT = 19;

  /** Of the fields in front of the mapping of channels to streams, where there is one. */
  private static final int MAPPING_AT = 21;

  private static final int RATE = 48000;

  private OpusHead() {}

  /**
   * A header without what stands behind its end and without the rate that the sound once had, which
   * no decoder needs.
   *
   * @return nothing if it is no header of Opus, or of a kind that is not known
   */
  static Optional<byte[]> cleaned(byte[] header) {
    if (header.length <= FAMILY_AT || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, 8)) {
      return Optional.empty();
    }
    int channels = header[CHANNELS_AT] & 0xff;
    boolean mapped = header[FAMILY_AT] != 0;
    int end = mapped ? MAPPING_AT + channels : STREAMS_AT;
    if (channels == 0 || (!mapped && channels > 2) || header.length < end) {
      return Optional.empty();
    }
    if (mapped && !isMapped(header, channels)) {
      return Optional.empty();
    }
    byte[] kept = Arrays.copyOf(header, end);
    kept[MAGIC.length] = 1;
    ByteBuffer.wrap(kept).order(ByteOrder.LITTLE_ENDIAN).putInt(RATE_AT, RATE);
    return Optional.of(kept);
  }

  /** Whether each channel comes from a stream that there is, or is silent. */
  private static boolean isMapped(byte[] header, int channels) {
    int streams = header[STREAMS_AT] & 0xff;
    int coupled = header[STREAMS_AT + 1] & 0xff;
    boolean mapped = streams > 0 && coupled <= streams;
    for (int i = 0; i < channels; i++) {
      int from = header[MAPPING_AT + i] & 0xff;
      mapped &= from < streams + coupled || from == 0xff;
    }
    return mapped;
  }

  /**
   * How many streams there are in each packet.
   *
   * @param header cleaned
   */
  static int streams(byte[] header) {
    return header.length > STREAMS_AT ? header[STREAMS_AT] & 0xff : 1;
  }
}
