package io.efface.media;

/**
 * The beginning of a coded slice of H.264 (ISO/IEC 14496-10, 7.3.3).
 *
 * @param firstBlock where in the picture it begins; 0 begins a picture
 * @param pictureSet number of its picture parameter set
 * @param frameNumber the same for all slices of a picture
 * @param discardsEarlier whether pictures that were not shown yet never are; of an IDR only
 */
record SliceHead(int firstBlock, int pictureSet, long frameNumber, boolean discardsEarlier) {
  /** As much as the fields can take. */
  private static final int MAX_BYTES = 48;

  private static final int INTRA = 2;

  /** Knows the parameter sets by number. */
  interface Sets {
    PictureSet picture(int id) throws NotJoinable;

    SequenceSet sequence();
  }

  /**
   * Reads it.
   *
   * @param from where its unit begins
   * @throws NotJoinable if it refers to something that is not known
   */
  static SliceHead parse(byte[] data, int from, int length, Sets sets) throws NotJoinable {
    BitReader in = BitReader.of(data, from, Math.min(length, MAX_BYTES));
    int header = (int) in.bits(8);
    boolean idr = (header & 0x1f) == 5;
    int firstBlock = in.unsigned();
    int type = in.unsigned();
    PictureSet picture = sets.picture(in.unsigned());
    SequenceSet sequence = sets.sequence();
    long frameNumber = in.bits(sequence.frameNumBits());
    boolean discards = false;
    if (idr) {
      if (type % 5 != INTRA) {
        throw new NotJoinable("it begins with a picture that refers to another");
      }
      in.unsigned();
      if (sequence.orderType() == 0) {
        in.bits(sequence.orderBits());
        if (picture.orderOfFields()) {
          in.signed();
        }
      }
      discards = in.flag();
    }
    return new SliceHead(firstBlock, picture.id(), frameNumber, discards);
  }
}
