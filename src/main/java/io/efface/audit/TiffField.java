package io.efface.audit;

/**
 * The values of a tag of TIFF.
 *
 * @param values from the first on, to be copied before they are read
 * @param count how many, at least 1
 * @param width bytes of each
 */
record TiffField(Slice values, long count, int width) {

  /** The first value; not of fractions. */
  long first() {
    return values.copy().number(width);
  }

  /** All values, through a buffer of their own. */
  Slice cursor() {
    return values.apart(4096);
  }
}
