package io.efface.audit;

import io.efface.audit.Finding.Kind;
import io.efface.media.AacBits;
import io.efface.media.AacElements;
import io.efface.media.AacElements.Element;
import java.util.Optional;

/**
 * Looks at what stands in front of the sound in a packet of AAC ({@link AacElements}). What follows
 * the sound cannot be reached without decoding it.
 */
final class AacCheck implements SampleCheck {
  private static final int FILL_OF_ONE_PATTERN = 0x10;
  private static final int PATTERN = 0xa5;
  private static final int MAX_BYTES = 1 << 16;

  @Override
  public void check(Slice sample, String path, Findings findings) {
    long start = sample.at();
    boolean whole = sample.remaining() <= MAX_BYTES;
    byte[] data = sample.take(Math.min(sample.remaining(), MAX_BYTES)).bytes(MAX_BYTES);
    AacBits bits = new AacBits(data);
    AacElements elements = new AacElements(data);
    for (Optional<Element> next = elements.next(); next.isPresent(); next = elements.next()) {
      Element element = next.get();
      if (element.end() > bits.size()) {
        if (whole) {
          findings.add(Kind.MALFORMED, "a packet ends in front of its sound", path, start);
        }
        return;
      }
      if (!isBlank(bits, element)) {
        boolean program = element.kind() == AacElements.Kind.PROGRAM;
        Kind kind = program ? Kind.NAME : Kind.USER_DATA;
        String what = program ? "a comment" : "data";
        findings.add(kind, what + " in front of the sound of a packet", path, start);
        return;
      }
    }
  }

  private static boolean isBlank(AacBits bits, Element element) {
    bits.to(element.from());
    if (bits.areZero(element.end())) {
      return true;
    }
    bits.to(element.from());
    return element.kind() == AacElements.Kind.FILL && isPattern(bits, element.end());
  }

  private static boolean isPattern(AacBits bits, int end) {
    boolean same = bits.next(8) == FILL_OF_ONE_PATTERN;
    while (same && bits.at() < end) {
      same = bits.next(8) == PATTERN;
    }
    return same;
  }
}
