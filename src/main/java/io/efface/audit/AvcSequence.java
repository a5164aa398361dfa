package io.efface.audit;

import java.util.Set;

/**
 * A sequence parameter set of H.264 (ISO/IEC 14496-10, 7.3.2.1.1), of any profile, up to the part
 * of the pictures that is shown.
 *
 * @param id 0 to 31
 * @param frameNumBits width of a field in each slice
 * @param orderType how the order of pictures is told, 0 to 2
 * @param orderBits width of a field in each slice, where {@code orderType} is 0
 * @param orderDeltas whether slices carry further fields, where {@code orderType} is 1
 * @param framesOnly whether there are no pictures of one field
 * @param left what is not shown, in pixels
 * @param right what is not shown, in pixels
 * @param top what is not shown, in rows
 * @param bottom what is not shown, in rows
 */
record AvcSequence(
    int id,
    int frameNumBits,
    int orderType,
    int orderBits,
    boolean orderDeltas,
    boolean framesOnly,
    long left,
    long right,
    long top,
    long bottom) {
  /** Of those that have a chroma format, depths and matrices. */
  private static final Set<Long> HIGH =
      Set.of(100L, 110L, 122L, 244L, 44L, 83L, 86L, 118L, 128L, 138L, 139L, 134L, 135L);

  private static final int COLOURS_APART = 3;

  /** Pictures are coded in blocks of so many pixels. */
  private static final int BLOCK = 16;

  /**
   * Reads a unit.
   *
   * @throws Malformed if it ends too soon or says what cannot be
   */
  static AvcSequence parse(Slice unit, int atMost) {
    CodeBits in = CodeBits.ofUnit(unit, atMost);
    in.skip(8);
    long profile = in.bits(8);
    in.skip(16);
    int id = in.unsigned(31);
    int chroma = HIGH.contains(profile) ? formatAndMatrices(in, unit.at()) : 1;
    int frameNumBits = in.unsigned(12) + 4;
    int orderType = in.unsigned(2);
    int orderBits = 0;
    boolean deltas = false;
    if (orderType == 0) {
      orderBits = in.unsigned(12) + 4;
    } else if (orderType == 1) {
      deltas = !in.flag();
      in.signed();
      in.signed();
      for (int cycle = in.unsigned(255); cycle > 0; cycle--) {
        in.signed();
      }
    }
    in.unsigned(16);
    in.skip(1);
    in.unsigned();
    in.unsigned();
    boolean framesOnly = in.flag();
    if (!framesOnly) {
      in.skip(1);
    }
    in.skip(1);
    int stepX = chroma == 1 || chroma == 2 ? 2 : 1;
    int stepY = (chroma == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
    boolean cropped = in.flag();
    return new AvcSequence(
        id,
        frameNumBits,
        orderType,
        orderBits,
        deltas,
        framesOnly,
        cropped ? stepX * in.unsigned() : 0,
        cropped ? stepX * in.unsigned() : 0,
        cropped ? stepY * in.unsigned() : 0,
        cropped ? stepY * in.unsigned() : 0);
  }

  /** Reads on to the end of the matrices; gives the chroma format. */
  private static int formatAndMatrices(CodeBits in, long start) {
    int chroma = in.unsigned(3);
    // Planes that are coded apart are pictures of their own, which libav does not decode.
    if (chroma == COLOURS_APART && in.flag()) {
      throw new Malformed(start);
    }
    in.unsigned(6);
    in.unsigned(6);
    in.skip(1);
    if (in.flag()) {
      int lists = chroma == COLOURS_APART ? 12 : 8;
      for (int i = 0; i < lists; i++) {
        if (in.flag()) {
          matrix(in, i < 6 ? 16 : 64);
        }
      }
    }
    return chroma;
  }

  /** A list of factors, each as its distance from the one before (7.3.2.1.1.1). */
  private static void matrix(CodeBits in, int size) {
    long last = 8;
    long next = 8;
    for (int i = 0; i < size && next != 0; i++) {
      next = (last + in.signed() + 256) & 0xff;
      last = next == 0 ? last : next;
    }
  }

  /** Whether more is coded than is shown and than blocks, or pairs of them, make necessary. */
  boolean hides() {
    return left > 0 || top > 0 || right >= BLOCK || bottom >= (framesOnly ? BLOCK : 2 * BLOCK);
  }
}
