package io.efface.media;

import java.util.Optional;

/**
 * What stands in front of the sound in a packet of AAC (ISO/IEC 14496-3, 4.4.2.1): data elements,
 * program config elements with a comment, and fill elements, in which encoders write their name and
 * version. In front of the sound a fill element can be of use only for the control of the dynamic
 * range: decoders apply spectral band replication to the element before it.
 */
public final class AacElements {
  /** Kinds of elements, in the order of their numbers. */
  public enum Kind {
    /** Data of any kind. */
    DATA,
    /** Which channels there are, with a comment. */
    PROGRAM,
    /** Bytes to fill a packet up. */
    FILL
  }

  /**
   * An element, by places in bits.
   *
   * @param start its first
   * @param from where it holds what no decoder needs
   * @param end behind its last, which may lie outside a broken packet
   */
  public record Element(Kind kind, int start, int from, int end) {}

  private static final int ID_DSE = 4;
  private static final int ID_FIL = 6;

  /** Of an element's number. */
  static final int ID_BITS = 3;

  private static final int EXT_DYNAMIC_RANGE = 11;

  /** An empty fill element. */
  private static final int LEAST_BITS = 7;

  /** Of a packet's own header, where it has one. */
  static final int ADTS_HEADER_BYTES = 7;

  private static final int ADTS_SUM_BYTES = 2;
  private static final int ADTS_RATES = 13;

  private final AacBits bits;

  /**
   * The elements of a packet, raw or behind an ADTS header, which packets have where no container
   * describes them, and which decoders take anywhere.
   *
   * @param packet borrowed
   */
  public AacElements(byte[] packet) {
    bits = new AacBits(packet);
    bits.to(8 * adtsBytes(packet));
  }

  /** The next element in front of the sound; empty where that begins, or the packet ends. */
  public Optional<Element> next() {
    int start = bits.at();
    if (start + LEAST_BITS > bits.size()) {
      return Optional.empty();
    }
    int number = bits.next(ID_BITS);
    if (number < ID_DSE || number > ID_FIL) {
      return Optional.empty();
    }
    Kind kind = Kind.values()[number - ID_DSE];
    int bytes = bodyBytes(kind);
    int end = bits.at() + 8 * bytes;
    int from = kind == Kind.FILL && end <= bits.size() ? behindDynamicRange(end) : bits.at();
    bits.to(end);
    return Optional.of(new Element(kind, start, from, end));
  }

  /**
   * Whether a packet has a header of its own that libav can take off, and something behind it.
   *
   * @param packet borrowed
   */
  static boolean hasAdtsHeader(byte[] packet) {
    int bytes = adtsBytes(packet);
    if (bytes == 0 || packet.length <= bytes) {
      return false;
    }
    int rate = packet[2] >> 2 & 0xf;
    int length = (packet[3] & 3) << 11 | (packet[4] & 0xff) << 3 | (packet[5] & 0xff) >> 5;
    return rate < ADTS_RATES && length >= ADTS_HEADER_BYTES;
  }

  private static int adtsBytes(byte[] packet) {
    if (packet.length < 2 || (packet[0] & 0xff) != 0xff || (packet[1] & 0xf0) != 0xf0) {
      return 0;
    }
    return ADTS_HEADER_BYTES + ((packet[1] & 1) == 0 ? ADTS_SUM_BYTES : 0);
  }

  /** Steps from behind an element's number to its free bytes and tells how many these are. */
  private int bodyBytes(Kind kind) {
    return switch (kind) {
      case DATA -> {
        bits.skip(4);
        boolean aligned = bits.next(1) == 1;
        int count = bits.next(8);
        count += count == 255 ? bits.next(8) : 0;
        if (aligned) {
          bits.align();
        }
        yield count;
      }
      case PROGRAM -> {
        bits.skipProgram();
        yield bits.next(8);
      }
      case FILL -> {
        int count = bits.next(4);
        yield count == 15 ? count + bits.next(8) - 1 : count;
      }
    };
  }

  /** Where, in a fill element, what steers the decoder ends (4.5.2.7). */
  private int behindDynamicRange(int end) {
    int behind = bits.at();
    while (behind < end && bits.next(4) == EXT_DYNAMIC_RANGE) {
      skipDynamicRange();
      if (bits.at() > end) {
        return behind;
      }
      behind = bits.at();
    }
    return behind;
  }

  private void skipDynamicRange() {
    // The program that is meant.
    bits.skip(8 * bits.next(1));
    // Seven channels a byte.
    boolean more = bits.next(1) == 1;
    while (more) {
      bits.skip(7);
      more = bits.next(1) == 1;
    }
    int bands = 1;
    if (bits.next(1) == 1) {
      bands += bits.next(4);
      bits.skip(4 + 8 * bands);
    }
    // The level meant, then each band's.
    bits.skip(8 * bits.next(1));
    bits.skip(8 * bands);
  }
}
