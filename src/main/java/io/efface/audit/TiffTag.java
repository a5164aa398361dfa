package io.efface.audit;

import java.util.Arrays;
import java.util.Optional;

/** The tags of TIFF that describe pixels (TIFF 6.0, part 1 and sections 14 to 21). */
enum TiffTag {
  SUBFILE_TYPE(254, Form.NUMBER, 1),
  WIDTH(256, Form.NUMBER, 1),
  HEIGHT(257, Form.NUMBER, 1),
  BITS(258, Form.SHORT, TiffTag.MOST_SAMPLES),
  COMPRESSION(259, Form.SHORT, 1),
  PHOTOMETRY(262, Form.SHORT, 1),
  FILL_ORDER(266, Form.SHORT, 1),
  STRIP_OFFSETS(273, Form.NUMBER, TiffTag.MOST_PARTS),
  ORIENTATION(274, Form.SHORT, 1),
  SAMPLES(277, Form.SHORT, 1),
  ROWS_PER_STRIP(278, Form.NUMBER, 1),
  STRIP_BYTES(279, Form.NUMBER, TiffTag.MOST_PARTS),
  X_RESOLUTION(282, Form.FRACTION, 1),
  Y_RESOLUTION(283, Form.FRACTION, 1),
  PLANES(284, Form.SHORT, 1),
  RESOLUTION_UNIT(296, Form.SHORT, 1),
  PREDICTOR(317, Form.SHORT, 1),
  PALETTE(320, Form.SHORT, 3 * 256),
  TILE_WIDTH(322, Form.NUMBER, 1),
  TILE_HEIGHT(323, Form.NUMBER, 1),
  TILE_OFFSETS(324, Form.NUMBER, TiffTag.MOST_PARTS),
  TILE_BYTES(325, Form.NUMBER, TiffTag.MOST_PARTS),
  EXTRA_SAMPLES(338, Form.SHORT, TiffTag.MOST_SAMPLES),
  SAMPLE_FORMAT(339, Form.SHORT, TiffTag.MOST_SAMPLES),
  COEFFICIENTS(529, Form.FRACTION, 3),
  SUBSAMPLING(530, Form.SHORT, 2),
  POSITIONING(531, Form.SHORT, 1),
  REFERENCES(532, Form.FRACTION, 6);

  /** Values of a pixel. */
  static final int MOST_SAMPLES = 8;

  /** Strips or tiles of a picture. */
  static final int MOST_PARTS = 1_000_000;

  private static final int SHORT_TYPE = 3;
  private static final int LONG_TYPE = 4;
  private static final int FRACTION_TYPE = 5;

  private final int number;
  private final Form form;
  private final int mostValues;

  private enum Form {
    SHORT,
    /** Of two or four bytes. */
    NUMBER,
    FRACTION
  }

  TiffTag(int number, Form form, int mostValues) {
    this.number = number;
    this.form = form;
    this.mostValues = mostValues;
  }

  /** The tag of a number; empty where it does not describe pixels. */
  static Optional<TiffTag> of(int number) {
    return Arrays.stream(values()).filter(tag -> tag.number == number).findFirst();
  }

  /** Whether it may have so many values of a type. */
  boolean allows(int type, long count) {
    boolean fits =
        switch (form) {
          case SHORT -> type == SHORT_TYPE;
          case NUMBER -> type == SHORT_TYPE || type == LONG_TYPE;
          case FRACTION -> type == FRACTION_TYPE;
        };
    return fits && count >= 1 && count <= mostValues;
  }

  /** Bytes of a value of a type that some tag allows. */
  static int bytes(int type) {
    return switch (type) {
      case SHORT_TYPE -> 2;
      case LONG_TYPE -> 4;
      default -> 8;
    };
  }
}
