package io.efface.detect;

/**
 * The cells that an input is divided into, numbered row by row.
 *
 * @param stride pixels a cell
 * @param columns cells a row
 * @param rows rows of cells
 */
record Grid(int stride, int columns, int rows) {

  /** The cells that cover an input, the last of a row or column perhaps in part. */
  static Grid over(int inputWidth, int inputHeight, int stride) {
    return new Grid(
        stride, (inputWidth + stride - 1) / stride, (inputHeight + stride - 1) / stride);
  }

  /** Number of cells. */
  int cells() {
    return columns * rows;
  }

  int column(int cell) {
    return cell % columns;
  }

  int row(int cell) {
    return cell / columns;
  }
}
