package io.efface.detect;

import io.efface.geometry.Box;
import io.efface.media.Rational;

/**
 * How an upright picture is laid into a detector's input: scaled, with square pixels, into the top
 * left corner; the rest of the input is padding. Pure geometry.
 *
 * @param pictureWidth pixels a row of the upright picture
 * @param pictureHeight rows of the upright picture
 * @param contentWidth pixels a row of the scaled picture
 * @param contentHeight rows of the scaled picture
 * @param inputWidth pixels a row of the detector's input, at least {@code contentWidth}
 * @param inputHeight rows of the detector's input, at least {@code contentHeight}
 */
public record Letterbox(
    int pictureWidth,
    int pictureHeight,
    int contentWidth,
    int contentHeight,
    int inputWidth,
    int inputHeight) {

  /** What the sides of an input are multiples of: the coarsest stride of the networks. */
  public static final int CELL = 32;

  /** No side of a scaled picture gets smaller: libswscale's vectors want some pixels a row. */
  private static final int LEAST_SIDE = 8;

  /** Checks that the content fits into the input. */
  public Letterbox {
    if (pictureWidth < 1 || pictureHeight < 1 || contentWidth < 1 || contentHeight < 1) {
      throw new IllegalArgumentException("empty picture or content");
    }
    if (contentWidth > inputWidth || contentHeight > inputHeight) {
      throw new IllegalArgumentException(
          contentWidth + "x" + contentHeight + " into " + inputWidth + "x" + inputHeight);
    }
  }

  /**
   * For a network that takes any multiple of {@value #CELL}.
   *
   * @param width pixels a row of the upright picture
   * @param height rows of the upright picture
   * @param aspect width to height of one upright pixel; {@link Rational#UNKNOWN} means square
   * @param longestSide longest side of the scaled picture in pixels
   * @param maxUpscale how much a picture smaller than that may be enlarged; 1 forbids it
   */
  public static Letterbox fit(
      int width, int height, Rational aspect, int longestSide, double maxUpscale) {
    double squareWidth = squareWidth(width, aspect);
    double squareHeight = squareHeight(height, aspect);
    double scale = Math.min(longestSide / Math.max(squareWidth, squareHeight), maxUpscale);
    int contentWidth = side(squareWidth * scale, longestSide);
    int contentHeight = side(squareHeight * scale, longestSide);
    return new Letterbox(
        width,
        height,
        contentWidth,
        contentHeight,
        (contentWidth + CELL - 1) / CELL * CELL,
        (contentHeight + CELL - 1) / CELL * CELL);
  }

  /**
   * For a network with one fixed input size.
   *
   * @param width pixels a row of the upright picture
   * @param height rows of the upright picture
   * @param aspect width to height of one upright pixel; {@link Rational#UNKNOWN} means square
   * @param inputWidth pixels a row of the input
   * @param inputHeight rows of the input
   * @param maxUpscale how much a smaller picture may be enlarged; 1 forbids it
   */
  public static Letterbox fitInto(
      int width, int height, Rational aspect, int inputWidth, int inputHeight, double maxUpscale) {
    double squareWidth = squareWidth(width, aspect);
    double squareHeight = squareHeight(height, aspect);
    double scale =
        Math.min(Math.min(inputWidth / squareWidth, inputHeight / squareHeight), maxUpscale);
    return new Letterbox(
        width,
        height,
        side(squareWidth * scale, inputWidth),
        side(squareHeight * scale, inputHeight),
        inputWidth,
        inputHeight);
  }

  /** Maps a box of the upright picture to the input. */
  public Box toInput(Box picture) {
    return scale(
        picture, (double) contentWidth / pictureWidth, (double) contentHeight / pictureHeight);
  }

  /** Maps a box of the input to the upright picture: the inverse of {@link #toInput}. */
  public Box toPicture(Box input) {
    return scale(
        input, (double) pictureWidth / contentWidth, (double) pictureHeight / contentHeight);
  }

  private static Box scale(Box box, double x, double y) {
    return new Box(box.left() * x, box.top() * y, box.right() * x, box.bottom() * y);
  }

  /** Non-square pixels are only ever stretched, so that no detail is lost before scaling. */
  private static double squareWidth(int width, Rational aspect) {
    return aspect.isKnown() ? width * Math.max(1, aspect.toDouble()) : width;
  }

  private static double squareHeight(int height, Rational aspect) {
    return aspect.isKnown() ? height / Math.min(1, aspect.toDouble()) : height;
  }

  private static int side(double length, int most) {
    return (int) Math.max(Math.min(LEAST_SIDE, most), Math.min(most, Math.round(length)));
  }
}
