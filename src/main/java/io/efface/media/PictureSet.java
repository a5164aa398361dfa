package io.efface.media;

/**
 * A picture parameter set of H.264 (ISO/IEC 14496-10, 7.3.2.2) of which every bit is known.
 *
 * @param id 0 to 255
 * @param sequence number of its sequence parameter set
 * @param orderOfFields whether slices carry one more number
 */
record PictureSet(int id, int sequence, boolean orderOfFields) {
  private static final int TYPE = 8;

  /**
   * Reads a unit.
   *
   * @throws NotJoinable if it is of a kind that is not copied
   */
  static PictureSet parse(byte[] unit) throws NotJoinable {
    BitReader in = BitReader.of(unit, 0, unit.length);
    if ((in.bits(8) & 0x1f) != TYPE) {
      throw new NotJoinable("its parameters are damaged");
    }
    int id = in.unsigned();
    int sequence = in.unsigned();
    in.flag();
    boolean fields = in.flag();
    if (in.unsigned() != 0) {
      throw new NotJoinable("it orders its slices in an unusual way");
    }
    in.unsigned();
    in.unsigned();
    in.bits(3);
    in.signed();
    in.signed();
    in.signed();
    in.bits(2);
    if (in.flag()) {
      throw new NotJoinable("it may hold pictures twice");
    }
    if (in.hasMore()) {
      in.flag();
      if (in.flag()) {
        throw new NotJoinable("it has matrices of its own");
      }
      in.signed();
    }
    if (id > 255 || sequence > 31 || !in.atEnd()) {
      throw new NotJoinable("its parameters hold more than is known");
    }
    return new PictureSet(id, sequence, fields);
  }
}
