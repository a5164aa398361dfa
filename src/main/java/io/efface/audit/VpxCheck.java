package io.efface.audit;

import io.efface.audit.Finding.Kind;

/**
 * Looks into VP8 (RFC 6386, 9.1) and VP9 (VP9 Bitstream Specification, 6.2 and annex B) for
 * pictures that nothing shows.
 *
 * <p>Encoders of VP9 put a picture that is only referred to beside the one that is shown. Such a
 * one is let pass where it is made of others; one that stands for itself is not.
 */
final class VpxCheck implements SampleCheck {
  private static final int MARKER = 2;
  private static final int SYNC_CODE = 0x498342;
  private static final int RGB = 7;

  /** As much as a header takes up to the size of the picture. */
  private static final int MAX_HEAD_BYTES = 32;

  private final boolean vp9;

  private VpxCheck(boolean vp9) {
    this.vp9 = vp9;
  }

  static VpxCheck ofVp8() {
    return new VpxCheck(false);
  }

  static VpxCheck ofVp9() {
    return new VpxCheck(true);
  }

  @Override
  public void check(Slice sample, String path, Findings findings) {
    if (!vp9) {
      if ((sample.peek() & 0x10) == 0) {
        findings.add(Kind.HIDDEN, "a picture that is not shown", path, sample.at());
      }
      return;
    }
    long start = sample.at();
    int shown = 0;
    int last = sample.elsewhere(sample.end() - 1, 1).u8();
    int frames = (last & 0xe0) == 0xc0 ? (last & 7) + 1 : 1;
    int width = (last >> 3 & 3) + 1;
    long indexBytes = 2 + (long) width * frames;
    boolean several =
        (last & 0xe0) == 0xc0
            && sample.remaining() > indexBytes
            && sample.elsewhere(sample.end() - indexBytes, 1).u8() == last;
    if (!several) {
      shown += isShown(sample, path, findings) ? 1 : 0;
    } else {
      Slice index = sample.elsewhere(sample.end() - indexBytes + 1, indexBytes - 2).littleEndian();
      Slice data = sample.take(sample.remaining() - indexBytes);
      for (int i = 0; i < frames; i++) {
        shown += isShown(data.take(index.number(width)), path, findings) ? 1 : 0;
      }
      findings.exhausted(data, path);
    }
    if (shown != 1) {
      findings.add(Kind.HIDDEN, "other than one picture to show in a sample", path, start);
    }
  }

  /** Reads the header of a picture of VP9. */
  private static boolean isShown(Slice frame, String path, Findings findings) {
    CodeBits in = CodeBits.of(frame, MAX_HEAD_BYTES);
    if (in.bits(2) != MARKER) {
      throw new Malformed(frame.at());
    }
    int profile = (int) in.bits(1) | (int) in.bits(1) << 1;
    if (profile == 3) {
      in.skip(1);
    }
    if (in.flag()) {
      return true;
    }
    boolean key = !in.flag();
    boolean shown = in.flag();
    in.skip(1);
    if (key) {
      size(in, profile, path, frame.at(), findings);
    }
    // Only one that is not shown can be coded by itself without being a key picture.
    if (!shown && (key || in.flag())) {
      findings.add(Kind.HIDDEN, "a picture of its own that is not shown", path, frame.at());
    }
    return shown;
  }

  /** Checks that a key picture is shown as large as it is. */
  private static void size(CodeBits in, int profile, String path, long at, Findings findings) {
    if (in.bits(24) != SYNC_CODE) {
      throw new Malformed(at);
    }
    if (profile >= 2) {
      in.skip(1);
    }
    boolean subsampled = profile == 1 || profile == 3;
    if (in.bits(3) == RGB) {
      in.skip(subsampled ? 1 : 0);
    } else {
      in.skip(subsampled ? 4 : 1);
    }
    long coded = in.bits(32);
    if (in.flag() && in.bits(32) != coded) {
      findings.add(Kind.HIDDEN, "pictures that are shown in another size", path, at);
    }
  }
}
