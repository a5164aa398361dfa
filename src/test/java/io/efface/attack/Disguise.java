package io.efface.attack;

import io.efface.geometry.Box;
import io.efface.redact.Style;
import java.util.Optional;
import java.util.function.Consumer;
import org.opencv.core.Mat;

/**
 * A way to hide a face, and what an attacker who knows it does to the picture first.
 *
 * @param name in Markdown
 * @param style what the program does; empty where it only writes the file
 * @param filter what another tool then does to the picture; empty where none
 * @param restoration changes the picture that the attacker has
 */
record Disguise(
    String name,
    Optional<Style> style,
    Optional<OtherTools.Filter> filter,
    Consumer<Mat> restoration) {

  /** The face as it is. */
  static final Disguise NONE = new Disguise("none", Optional.empty(), Optional.empty(), m -> {});

  /** The program's default. */
  static final Disguise BLUR = of("`blur`", new Style.Blur(), m -> {});

  /** Black. */
  static final Disguise SOLID = of("`solid`", new Style.Solid(0, 0, 0), m -> {});

  /** The usual Gaussian. */
  static final Disguise GAUSSIAN =
      of(
          "Gaussian, kernel a third of the face, sharpened again",
          OtherTools.blur(OtherTools::gaussian),
          picture -> Restoration.deconvolve(area(picture), OtherTools::gaussian));

  /** The usual mean over a window. */
  static final Disguise WINDOW =
      of("mean over two thirds of the face", OtherTools.blur(OtherTools::window), m -> {});

  /** Usual pixels. */
  static final Disguise PIXELS =
      of(
          "10 x 10 exact pixels, interpolated",
          OtherTools.pixels(10),
          m -> Restoration.interpolate(m, OtherTools.area(Portraits.FACE), 10, false));

  /** The program's mosaic, drawn smooth by the attacker. */
  static Disguise mosaic(int cells) {
    Style style = new Style.Mosaic(cells);
    Box box = Portraits.region(1, style).box();
    return of(
        "`mosaic:" + cells + "`, interpolated",
        style,
        picture -> Restoration.interpolate(picture, box, cells, true));
  }

  private static Disguise of(String name, Style style, Consumer<Mat> restoration) {
    return new Disguise(name, Optional.of(style), Optional.empty(), restoration);
  }

  private static Disguise of(String name, OtherTools.Filter filter, Consumer<Mat> restoration) {
    return new Disguise(name, Optional.empty(), Optional.of(filter), restoration);
  }

  private static Mat area(Mat picture) {
    return OtherTools.part(picture, OtherTools.area(Portraits.FACE));
  }
}
