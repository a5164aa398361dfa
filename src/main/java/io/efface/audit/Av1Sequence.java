package io.efface.audit;

/**
 * A sequence header of AV1 (AV1 Bitstream Specification, 5.5.1) as far as headers of pictures are
 * read by it.
 *
 * @param still whether it is of one picture, whose header does without all that a film needs
 * @param layers whether there is more than one layer to choose from
 * @param timeBits width of the time of a picture that is shown; 0 where there is none
 * @param removalBits width of the time at which a buffer is free; 0 where there is none
 * @param timed whether the model of a decoder is told, so that pictures may tell such a time
 * @param numberBits width of a picture's number; 0 where there is none
 * @param orderBits width of a picture's place in the order of showing
 * @param screen whether pictures are of screens: 0, 1, or 2 where each says so
 * @param wholeSteps whether movement is in whole pixels: 0, 1, or 2 where each picture says so
 */
record Av1Sequence(
    boolean still,
    boolean layers,
    int timeBits,
    int removalBits,
    boolean timed,
    int numberBits,
    int orderBits,
    int screen,
    int wholeSteps) {
  /** Each picture says so itself. */
  private static final int SELECT = 2;

  /**
   * Reads a header.
   *
   * @throws Malformed if it ends too soon
   */
  static Av1Sequence parse(Slice body, int atMost) {
    CodeBits in = CodeBits.of(body, atMost);
    in.skip(3 + 1);
    if (in.flag()) {
      return new Av1Sequence(true, false, 0, 0, false, 0, 0, SELECT, SELECT);
    }
    int timeBits = 0;
    int delayBits = 0;
    int removalBits = 0;
    boolean timed = false;
    if (in.flag()) {
      in.skip(32 + 32);
      boolean even = in.flag();
      if (even) {
        in.unsigned();
      }
      timed = in.flag();
      if (timed) {
        delayBits = (int) in.bits(5) + 1;
        in.skip(32);
        removalBits = (int) in.bits(5) + 1;
        int bits = (int) in.bits(5) + 1;
        timeBits = even ? 0 : bits;
      }
    }
    boolean delayTold = in.flag();
    boolean layers = in.bits(5) != 0;
    layers |= in.bits(12) != 0;
    if (layers) {
      return new Av1Sequence(false, true, 0, 0, false, 0, 0, SELECT, SELECT);
    }
    in.skip(in.bits(5) > 7 ? 1 : 0);
    if (timed && in.flag()) {
      in.skip(2 * delayBits + 1);
    } else {
      removalBits = 0;
    }
    in.skip(delayTold && in.flag() ? 4 : 0);
    int widthBits = (int) in.bits(4) + 1;
    int heightBits = (int) in.bits(4) + 1;
    in.skip(widthBits + heightBits);
    int numberBits = in.flag() ? (int) in.bits(4) + 2 + (int) in.bits(3) + 1 : 0;
    in.skip(3 + 4);
    boolean ordered = in.flag();
    in.skip(ordered ? 2 : 0);
    int screen = in.flag() ? SELECT : (int) in.bits(1);
    int wholeSteps = screen == 0 || in.flag() ? SELECT : (int) in.bits(1);
    int orderBits = ordered ? (int) in.bits(3) + 1 : 0;
    return new Av1Sequence(
        false, false, timeBits, removalBits, timed, numberBits, orderBits, screen, wholeSteps);
  }
}
