package io.efface.media;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * AAC's header, an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1), by places in it. Where it lists
 * the channels itself it has room for a comment, in which encoders leave their names.
 *
 * @param type of the coding at the core
 * @param commentAt byte where the comment begins; 0 where there is no room for one
 * @param commentBytes how long that is
 * @param end bit behind the last that means anything; that of the header's end where it is of a
 *     kind that is not read as far
 * @param broken whether the comment ends outside
 */
public record AacHeader(int type, int commentAt, int commentBytes, int end, boolean broken) {
  /** Main, low complexity, scalable sample rate, long-term prediction. */
  private static final int LAST_PLAIN = 4;

  /** The same for channels with errors, and low delay: described alike, but coded otherwise. */
  private static final Set<Integer> RESILIENT = Set.of(17, 19, 23);

  private static final int BANDS_REPLICATED = 5;
  private static final int PARAMETRIC_STEREO = 29;
  private static final int LONG_TYPE = 31;
  private static final int UNLISTED_RATE = 15;
  private static final int BANDS_FOLLOW = 0x2b7;
  private static final int STEREO_FOLLOWS = 0x548;
  private static final int FOLLOW_BITS = 11;

  /**
   * Reads a header.
   *
   * @param header empty where there is none: then the packets describe themselves
   */
  public static AacHeader read(byte[] header) {
    AacBits bits = new AacBits(header);
    int type = readType(bits);
    skipRate(bits);
    int channels = bits.next(4);
    if (type == BANDS_REPLICATED || type == PARAMETRIC_STEREO) {
      skipRate(bits);
      type = readType(bits);
    }
    AacHeader unread = new AacHeader(type, 0, 0, bits.size(), /* broken= */ false);
    if (!unread.isPlain() && !RESILIENT.contains(type)) {
      return unread;
    }
    // The length of a frame, and a delay behind another coder.
    bits.skip(1);
    bits.skip(14 * bits.next(1));
    int extended = bits.next(1);
    int commentAt = 0;
    int commentBytes = 0;
    if (channels == 0) {
      bits.skipProgram();
      if (bits.at() == bits.size()) {
        // Some leave out even the length of a comment, and decoders take that.
        return unread;
      }
      commentBytes = bits.next(8);
      commentAt = bits.at() / 8;
      bits.skip(8 * commentBytes);
    }
    boolean broken = commentAt + commentBytes > header.length;
    if (!broken && unread.isPlain()) {
      bits.skip(extended);
      skipExtension(bits);
    } else {
      bits.to(bits.size());
    }
    int end = Math.min(bits.at(), bits.size());
    return new AacHeader(type, commentAt, commentBytes, end, broken);
  }

  /** Whether it is of a kind that is read to its end. */
  public boolean isPlain() {
    return type > 0 && hasElements();
  }

  /** Whether the packets are rows of numbered elements; as only such do without a header. */
  public boolean hasElements() {
    return type <= LAST_PLAIN;
  }

  /**
   * A header without its comment and without what stands behind its end. Those of rare kinds are
   * left as they are.
   *
   * @return nothing if it lists channels and ends in the middle of that
   */
  static Optional<byte[]> cleaned(byte[] header) {
    AacHeader read = read(header);
    if (read.broken()) {
      return Optional.empty();
    }
    byte[] kept = header;
    if (read.commentBytes() > 0) {
      kept = withoutComment(header, read.commentAt(), read.commentBytes());
    }
    return Optional.of(read.isPlain() ? cut(kept, read.end() - 8 * read.commentBytes()) : kept);
  }

  private static int readType(AacBits bits) {
    int type = bits.next(5);
    return type == LONG_TYPE ? 32 + bits.next(6) : type;
  }

  private static void skipRate(AacBits bits) {
    if (bits.next(4) == UNLISTED_RATE) {
      bits.skip(24);
    }
  }

  /** Spectral band replication and parametric stereo, as said behind what old decoders know. */
  private static void skipExtension(AacBits bits) {
    if (!follows(bits, BANDS_FOLLOW, 16) || readType(bits) != BANDS_REPLICATED) {
      return;
    }
    if (bits.next(1) == 1) {
      skipRate(bits);
    }
    if (follows(bits, STEREO_FOLLOWS, 12)) {
      bits.skip(1);
    }
  }

  /** Steps over a mark if it is there, and at least so many bits with it. */
  private static boolean follows(AacBits bits, int mark, int least) {
    int place = bits.at();
    if (bits.size() - place >= least && bits.next(FOLLOW_BITS) == mark) {
      return true;
    }
    bits.to(place);
    return false;
  }

  private static byte[] withoutComment(byte[] header, int comment, int length) {
    byte[] kept = new byte[header.length - length];
    System.arraycopy(header, 0, kept, 0, comment);
    kept[comment - 1] = 0;
    System.arraycopy(header, comment + length, kept, comment, kept.length - comment);
    return kept;
  }

  private static byte[] cut(byte[] header, int bits) {
    byte[] kept = Arrays.copyOf(header, Math.min(header.length, (bits + 7) / 8));
    new AacBits(kept).clear(bits, 8 * kept.length);
    return kept;
  }
}
