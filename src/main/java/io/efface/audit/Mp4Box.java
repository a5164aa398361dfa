package io.efface.audit;

/**
 * A box of ISO/IEC 14496-12, 4.2.
 *
 * @param type four characters
 * @param start offset of its first byte
 * @param body what follows the header
 */
record Mp4Box(String type, long start, Slice body) {

  /**
   * Reads the next box and goes on behind it.
   *
   * @param in the content of its parent
   * @throws Malformed if it does not fit into its parent
   */
  static Mp4Box read(Slice in) {
    long start = in.at();
    long size = in.u32();
    String type = in.fourCc();
    if (size == 1) {
      size = in.u64();
    } else if (size == 0) {
      size = in.end() - start;
    }
    long header = in.at() - start;
    if (size < header || size - header > in.remaining()) {
      throw new Malformed(start);
    }
    return new Mp4Box(type, start, in.take(size - header));
  }
}
