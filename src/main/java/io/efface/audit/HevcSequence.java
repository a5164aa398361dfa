package io.efface.audit;

/**
 * A sequence parameter set of HEVC (ISO/IEC 23008-2, 7.3.2.2.1) up to the size of its blocks.
 *
 * @param id 0 to 15
 * @param addressBits width of a field in each slice that does not begin a picture
 * @param left what is not shown, in pixels
 * @param right what is not shown, in pixels
 * @param top what is not shown, in rows
 * @param bottom what is not shown, in rows
 */
record HevcSequence(int id, int addressBits, long left, long right, long top, long bottom) {
  private static final int MAX_SIDE = 1 << 16;

  /** The largest blocks, which some hardware fills up, have so many pixels a side. */
  private static final int BLOCK = 64;

  /** A profile without its level. */
  private static final int PROFILE_BITS = 88;

  /**
   * Reads a unit.
   *
   * @throws Malformed if it ends too soon or says what cannot be
   */
  static HevcSequence parse(Slice unit, int atMost) {
    CodeBits in = CodeBits.ofUnit(unit, atMost);
    in.skip(16 + 4);
    int layers = (int) in.bits(3);
    in.skip(1);
    profiles(in, layers);
    int id = in.unsigned(15);
    int chroma = in.unsigned(3);
    if (chroma == 3) {
      in.skip(1);
    }
    int width = in.unsigned(MAX_SIDE);
    int height = in.unsigned(MAX_SIDE);
    long[] sides = new long[4];
    if (in.flag()) {
      int stepX = chroma == 1 || chroma == 2 ? 2 : 1;
      int stepY = chroma == 1 ? 2 : 1;
      for (int i = 0; i < sides.length; i++) {
        sides[i] = in.unsigned() * (i < 2 ? stepX : stepY);
      }
    }
    in.unsigned(8);
    in.unsigned(8);
    in.unsigned(12);
    for (int i = in.flag() ? 0 : layers; i <= layers; i++) {
      in.unsigned();
      in.unsigned();
      in.unsigned();
    }
    int side = 1 << (in.unsigned(3) + 3 + in.unsigned(3));
    int blocks = -Math.floorDiv(-width, side) * -Math.floorDiv(-height, side);
    int addressBits = blocks < 2 ? 0 : 32 - Integer.numberOfLeadingZeros(blocks - 1);
    return new HevcSequence(id, addressBits, sides[0], sides[1], sides[2], sides[3]);
  }

  /** Profiles and levels, of the whole and of the parts that leave out pictures (7.3.3). */
  private static void profiles(CodeBits in, int layers) {
    in.skip(PROFILE_BITS + 8);
    boolean[] profile = new boolean[layers];
    boolean[] level = new boolean[layers];
    for (int i = 0; i < layers; i++) {
      profile[i] = in.flag();
      level[i] = in.flag();
    }
    in.skip(layers > 0 ? 2 * (8 - layers) : 0);
    for (int i = 0; i < layers; i++) {
      in.skip((profile[i] ? PROFILE_BITS : 0) + (level[i] ? 8 : 0));
    }
  }

  /** Whether more is coded than is shown and than blocks make necessary. */
  boolean hides() {
    return left > 0 || top > 0 || right >= BLOCK || bottom >= BLOCK;
  }
}
