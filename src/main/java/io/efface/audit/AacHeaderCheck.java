package io.efface.audit;

import io.efface.audit.Finding.Kind;
import io.efface.media.AacBits;
import io.efface.media.AacHeader;

/** Checks AAC's header: nothing may stand in its comment, or behind its end. */
final class AacHeaderCheck {
  /** More than the longest comment and all else together. */
  private static final int MAX_BYTES = 512;

  private AacHeaderCheck() {}

  /**
   * Checks a header.
   *
   * @return the check of its samples; only the plain kinds have elements with numbers
   */
  static SampleCheck check(Slice in, String path, Findings findings) {
    long start = in.at();
    long bytes = in.remaining();
    if (bytes == 0) {
      throw new Malformed(start);
    }
    byte[] data = in.take(Math.min(bytes, MAX_BYTES)).bytes(MAX_BYTES);
    AacHeader header = AacHeader.read(data);
    AacBits bits = new AacBits(data);
    bits.to(8 * header.commentAt());
    if (header.broken()) {
      findings.malformed(path, start);
    } else if (!bits.areZero(8 * (header.commentAt() + header.commentBytes()))) {
      findings.add(Kind.NAME, "a comment in the header of the sound", path, start);
    }
    bits.to(header.end());
    if (bytes - header.commentBytes() > CodecHeaders.MAX_SOUND_BYTES) {
      findings.add(Kind.UNKNOWN, "a long header of the sound", path, start);
    } else if (!bits.areZero(bits.size())) {
      findings.add(Kind.HIDDEN, "bytes behind the header of the sound", path, start);
    }
    return header.hasElements() ? new AacCheck() : SampleCheck.NONE;
  }
}
