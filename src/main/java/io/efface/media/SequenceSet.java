package io.efface.media;

/**
 * A sequence parameter set of H.264 (ISO/IEC 14496-10, 7.3.2.1.1) as far as it is needed to decode:
 * progressive pictures in 8 bits and 4:2:0, Baseline, Main or High, without matrices of its own.
 * What a stream tells of itself beyond that (VUI) is not kept: it is written anew from the
 * encoder's.
 *
 * @param profile 66, 77 or 100
 * @param constraints the flags beside the profile, as one byte
 * @param level ten times the level
 * @param id 0 to 31
 * @param frameNumBits width of a field in each slice
 * @param orderType how the order of pictures is told, 0 or 2; with 2 they are shown as they come
 * @param orderBits width of a field in each slice; 0 where {@code orderType} is 2
 * @param references how many pictures may be referred to
 * @param widthBlocks in blocks of 16 pixels
 * @param heightBlocks in blocks of 16 pixels
 * @param direct8x8 how movement is inherited
 * @param cropRight what is not shown, in pairs of pixels
 * @param cropBottom what is not shown, in pairs of pixels
 */
record SequenceSet(
    int profile,
    int constraints,
    int level,
    int id,
    int frameNumBits,
    int orderType,
    int orderBits,
    int references,
    int widthBlocks,
    int heightBlocks,
    boolean direct8x8,
    int cropRight,
    int cropBottom) {
  private static final int BASELINE = 66;
  private static final int MAIN = 77;
  private static final int HIGH = 100;
  private static final int TYPE = 7;
  private static final int MAX_BLOCKS = 1024;

  /** A set, and what the encoder says of its stream up to the restrictions. */
  record Described(SequenceSet set, BitWriter usability) {}

  /**
   * Reads a unit.
   *
   * @throws NotJoinable if it is of a kind that is not copied
   */
  static SequenceSet parse(byte[] unit) throws NotJoinable {
    return head(BitReader.of(unit, 0, unit.length));
  }

  /**
   * Reads a unit that the encoder made, with its VUI (E.1.1).
   *
   * @throws NotJoinable if it holds more than an encoder of progressive film writes
   */
  static Described parseDescribed(byte[] unit) throws NotJoinable {
    BitReader in = BitReader.of(unit, 0, unit.length);
    SequenceSet set = head(in);
    BitWriter out = new BitWriter();
    if (!in.flag()) {
      // Neither aspect nor colours, times, rates and structure.
      return new Described(set, out.bits(8, 0));
    }
    usability(in, out);
    return new Described(set, out);
  }

  private static SequenceSet head(BitReader in) throws NotJoinable {
    if ((in.bits(8) & 0x1f) != TYPE) {
      throw new NotJoinable("its parameters are damaged");
    }
    int profile = (int) in.bits(8);
    int constraints = (int) in.bits(8) & 0xfc;
    int level = (int) in.bits(8);
    int id = in.unsigned();
    require(
        profile == BASELINE || profile == MAIN || profile == HIGH,
        "its profile is none of Baseline, Main and High");
    if (profile == HIGH) {
      require(in.unsigned() == 1, "its colours are not 4:2:0");
      int deeperLuma = in.unsigned();
      int deeperChroma = in.unsigned();
      require(deeperLuma == 0 && deeperChroma == 0, "it has more than 8 bits");
      require(!in.flag(), "it may be lossless");
      require(!in.flag(), "it has matrices of its own");
    }
    int frameNumBits = in.unsigned() + 4;
    int orderType = in.unsigned();
    require(orderType == 0 || orderType == 2, "it orders its pictures in an unusual way");
    int orderBits = orderType == 0 ? in.unsigned() + 4 : 0;
    int references = in.unsigned();
    require(!in.flag(), "it may leave out pictures");
    int width = in.unsigned() + 1;
    int height = in.unsigned() + 1;
    require(in.flag(), "it may be interlaced");
    boolean direct = in.flag();
    int right = 0;
    int bottom = 0;
    if (in.flag()) {
      int left = in.unsigned();
      right = in.unsigned();
      int top = in.unsigned();
      bottom = in.unsigned();
      require(left == 0 && top == 0 && right < 8 && bottom < 8, "it hides parts of its pictures");
    }
    require(
        id < 32
            && frameNumBits <= 16
            && orderBits <= 16
            && references <= 16
            && width <= MAX_BLOCKS
            && height <= MAX_BLOCKS,
        "its parameters are damaged");
    return new SequenceSet(
        profile,
        constraints,
        level,
        id,
        frameNumBits,
        orderType,
        orderBits,
        references,
        width,
        height,
        direct,
        right,
        bottom);
  }

  private static void require(boolean holds, String otherwise) throws NotJoinable {
    if (!holds) {
      throw new NotJoinable(otherwise);
    }
  }

  /** Copies field by field, and leaves out the restrictions at the end. */
  private static void usability(BitReader in, BitWriter out) throws NotJoinable {
    if (copiedFlag(in, out)) {
      // The shape of a pixel; 255 is followed by a fraction.
      if (copied(8, in, out) == 255) {
        copied(32, in, out);
      }
    }
    if (copiedFlag(in, out)) {
      copied(1, in, out);
    }
    if (copiedFlag(in, out)) {
      copied(4, in, out);
      if (copiedFlag(in, out)) {
        copied(24, in, out);
      }
    }
    if (copiedFlag(in, out)) {
      out.unsigned(in.unsigned()).unsigned(in.unsigned());
    }
    if (copiedFlag(in, out)) {
      copied(32, in, out);
      copied(32, in, out);
      copied(1, in, out);
    }
    require(copied(2, in, out) == 0, "the encoder tells its rates");
    copied(1, in, out);
  }

  private static boolean copiedFlag(BitReader in, BitWriter out) throws NotJoinable {
    return copied(1, in, out) == 1;
  }

  private static long copied(int bits, BitReader in, BitWriter out) throws NotJoinable {
    long value = in.bits(bits);
    out.bits(bits, value);
    return value;
  }

  /** Whether the pictures have the same size and the same hidden edge as those of another. */
  boolean hasSizeOf(SequenceSet other) {
    return widthBlocks == other.widthBlocks
        && heightBlocks == other.heightBlocks
        && cropRight == other.cropRight
        && cropBottom == other.cropBottom;
  }

  /** x264's name of the profile. */
  String profileName() {
    return profile == BASELINE ? "baseline" : profile == MAIN ? "main" : "high";
  }

  /** The same in a wider profile and at a higher level, which hold for it too. */
  SequenceSet within(int widerProfile, int higherLevel) {
    int flags = profile == widerProfile ? constraints : widerProfile == MAIN ? 0x40 : 0;
    return new SequenceSet(
        widerProfile,
        flags,
        higherLevel,
        id,
        frameNumBits,
        orderType,
        orderBits,
        references,
        widthBlocks,
        heightBlocks,
        direct8x8,
        cropRight,
        cropBottom);
  }

  /** How many pictures a decoder of the level holds (table A-1). */
  int mostHeld() {
    int[][] blocks = {
      {11, 900},
      {20, 2376},
      {21, 4752},
      {30, 8100},
      {31, 18000},
      {32, 20480},
      {41, 32768},
      {42, 34816},
      {50, 110400},
      {52, 184320}
    };
    for (int[] step : blocks) {
      if (level <= step[0]) {
        return Math.min(16, step[1] / (widthBlocks * heightBlocks));
      }
    }
    return 16;
  }

  /**
   * The unit to write.
   *
   * @param usability what is said of the stream, up to its restrictions
   * @param reordered by how many pictures at most the order of showing differs
   * @param held how many pictures a decoder must hold
   */
  byte[] unit(BitWriter usability, int reordered, int held) {
    BitWriter out = new BitWriter();
    out.bits(8, 0x60 | TYPE).bits(8, profile).bits(8, constraints).bits(8, level).unsigned(id);
    if (profile == HIGH) {
      out.unsigned(1).unsigned(0).unsigned(0).bits(2, 0);
    }
    out.unsigned(frameNumBits - 4).unsigned(orderType);
    if (orderType == 0) {
      out.unsigned(orderBits - 4);
    }
    out.unsigned(references).flag(false).unsigned(widthBlocks - 1).unsigned(heightBlocks - 1);
    out.flag(true).flag(direct8x8);
    boolean cropped = cropRight > 0 || cropBottom > 0;
    out.flag(cropped);
    if (cropped) {
      out.unsigned(0).unsigned(cropRight).unsigned(0).unsigned(cropBottom);
    }
    out.flag(true).append(usability).flag(true);
    // Movement past the edges, and the limits that hold where none are told (E.2.1).
    out.flag(true).unsigned(2).unsigned(1).unsigned(16).unsigned(16);
    return out.unsigned(reordered).unsigned(held).unit();
  }
}
