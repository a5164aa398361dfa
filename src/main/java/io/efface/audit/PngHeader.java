package io.efface.audit;

/**
 * What the first chunk of a PNG file says of its pixels (PNG Specification, 11.2.1), as far as it
 * tells their size.
 *
 * @param width in pixels
 * @param height in pixels
 * @param depth bits of a sample, 1 to 16
 * @param colours 0 grey, 2 colours, 3 palette, 4 grey and 6 colours with transparency
 * @param interlaced whether the pixels come in seven passes
 */
record PngHeader(long width, long height, int depth, int colours, boolean interlaced) {
  private static final int MOST_SIDE = 1 << 24;

  /** Of each pass: its first column and row, and the steps to its next (8.1). */
  private static final int[][] PASSES = {
    {0, 0, 8, 8},
    {4, 0, 8, 8},
    {0, 4, 4, 8},
    {2, 0, 4, 4},
    {0, 2, 2, 4},
    {1, 0, 2, 2},
    {0, 1, 1, 2}
  };

  /**
   * Reads the chunk's content.
   *
   * @throws Malformed if it ends too early or is none that decoders know
   */
  static PngHeader read(Slice body) {
    long start = body.at();
    PngHeader header =
        new PngHeader(body.u32(), body.u32(), body.u8(), body.u8(), isInterlaced(body));
    boolean known =
        header.width >= 1
            && header.width <= MOST_SIDE
            && header.height >= 1
            && header.height <= MOST_SIDE
            && Integer.bitCount(header.depth) == 1
            && header.depth <= 16
            && header.channels() > 0;
    if (!known) {
      throw new Malformed(start);
    }
    return header;
  }

  /** Compression and filters come before, of which there is one kind each. */
  private static boolean isInterlaced(Slice body) {
    int interlacing = (int) body.number(3);
    if (interlacing > 1) {
      throw new Malformed(body.at());
    }
    return interlacing == 1;
  }

  /** How many values a pixel has; 0 of an unknown kind. */
  int channels() {
    return switch (colours) {
      case 0, 3 -> 1;
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 0;
    };
  }

  /** How many colours a palette may have; 0 where pixels are none of a palette. */
  int paletteColours() {
    return colours == 3 ? 1 << Math.min(depth, 8) : 0;
  }

  /** The most bytes that tell which colours are transparent. */
  int transparencyBytes() {
    return switch (colours) {
      case 0 -> 2;
      case 2 -> 6;
      default -> paletteColours();
    };
  }

  /** Bytes of all rows, each with its filter in front, before compression. */
  long pixelBytes() {
    if (!interlaced) {
      return bytes(width, height);
    }
    long sum = 0;
    for (int[] pass : PASSES) {
      sum += bytes(steps(width, pass[0], pass[2]), steps(height, pass[1], pass[3]));
    }
    return sum;
  }

  private static long steps(long side, int first, int step) {
    return side <= first ? 0 : (side - first - 1) / step + 1;
  }

  private long bytes(long columns, long rows) {
    return columns == 0 ? 0 : rows * (1 + (columns * depth * channels() + 7) / 8);
  }
}
