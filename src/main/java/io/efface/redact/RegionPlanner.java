package io.efface.redact;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Polygon;
import java.util.EnumMap;
import java.util.Map;

/**
 * Turns where an object is into what has to be destroyed for it: a face into an ellipse that holds
 * its whole box, or that of its head, a plate into a rectangle, each grown by a margin. Immutable.
 *
 * <p>A region is never less than {@value #CODEC_REACH_PX} px larger than its object, because a
 * codec's transform blocks carry ringing of an edge that far. An object that comes so near to the
 * picture's border that it may be cut by it is taken to go on beyond it.
 */
public final class RegionPlanner {

  /** Margin on each side, in shares of the object's side, where nothing else is asked for. */
  public static final double DEFAULT_MARGIN = 0.35;

  /** How far a codec's transform block carries traces of what is in it, in pixels. */
  public static final int CODEC_REACH_PX = 8;

  /** Largest margin that makes sense: the region is then five times as wide as its object. */
  public static final double MAX_MARGIN = 2;

  /**
   * Share of the picture's longer side up to which a plate's side counts whole for its margin, and
   * how much the rest of it counts: a plate so near is found as exactly as any in pixels, and a
   * margin in shares of it would take half the picture along.
   */
  private static final double NEAR_PLATE_SHARE = 0.1;

  private static final double NEAR_PLATE_WEIGHT = 0.4;

  private static final double BORDER_SHARE_OF_PICTURE = 0.02;
  private static final double BORDER_SHARE_OF_OBJECT = 0.25;

  private final double margin;
  private final Cover cover;
  private final Map<Label, Style> styles;
  private final int pictureWidth;
  private final int pictureHeight;

  /** A planner that covers faces and not heads; parameters as those of the other. */
  public RegionPlanner(
      double margin, Map<Label, Style> styles, int pictureWidth, int pictureHeight) {
    this(margin, Cover.FACE, styles, pictureWidth, pictureHeight);
  }

  /**
   * A planner for pictures of one size.
   *
   * @param margin growth on each side in shares of the object's side, 0 to {@value #MAX_MARGIN}; of
   *     a plate's side, what goes beyond a tenth of the picture's longer side counts for less
   * @param cover how much is destroyed with a face
   * @param styles what takes the place of each kind of object; every label needs one
   * @param pictureWidth of the upright picture, in pixels
   * @param pictureHeight of the upright picture, in pixels
   * @throws IllegalArgumentException if the margin is out of range or a label has no style
   */
  public RegionPlanner(
      double margin, Cover cover, Map<Label, Style> styles, int pictureWidth, int pictureHeight) {
    if (!(margin >= 0 && margin <= MAX_MARGIN)) {
      throw new IllegalArgumentException(
          "a margin is 0 to " + MAX_MARGIN + " of the object's side, not " + margin);
    }
    for (Label label : Label.values()) {
      if (!styles.containsKey(label)) {
        throw new IllegalArgumentException("no style for class " + label.id());
      }
    }
    this.margin = margin;
    this.cover = cover;
    this.styles = new EnumMap<>(styles);
    this.pictureWidth = pictureWidth;
    this.pictureHeight = pictureHeight;
  }

  /**
   * The region to destroy for an object.
   *
   * @param track number of the object's track
   * @param label what the object is
   * @param object where it is, in pixels of the upright picture
   */
  public Region plan(int track, Label label, Box object) {
    Style style = style(label);
    Box whole = continueBeyondBorder(label == Label.FACE ? cover.of(object) : object);
    return switch (label) {
      case FACE -> new Region(track, style, Region.Shape.ELLIPSE, ellipseAround(whole));
      case PLATE ->
          new Region(
              track,
              style,
              Region.Shape.RECTANGLE,
              whole.grow(growth(countedSide(whole.width())), growth(countedSide(whole.height()))));
    };
  }

  /**
   * The region to destroy for a part of the picture, whatever is in it: what was drawn, grown by
   * the codec's reach and by no margin, in the style of faces.
   *
   * @param number of the part, from 1; no two of a film share one
   * @param outline in pixels of the upright picture
   */
  public Region zone(int number, Polygon outline) {
    return Region.of(-number, style(Label.FACE), outline);
  }

  private Style style(Label label) {
    Style style = styles.get(label);
    if (style == null) {
      throw new IllegalStateException("no style for class " + label.id());
    }
    return style;
  }

  /** The part of a plate's side that its margin is a share of. */
  private double countedSide(double side) {
    double whole = NEAR_PLATE_SHARE * Math.max(pictureWidth, pictureHeight);
    return Math.min(side, whole) + NEAR_PLATE_WEIGHT * Math.max(0, side - whole);
  }

  private double growth(double side) {
    return Math.max(margin * side, CODEC_REACH_PX);
  }

  /**
   * The box of an ellipse that holds the object's box, its margin, and every point within the
   * codec's reach of the object's own ellipse. The latter is the outer ellipse of the Minkowski sum
   * of an ellipse (semi-axes a, b) and a disc of radius r: a'^2 = (1 + r/q)(a^2 + r q) for any q >
   * 0 (Kurzhanskiy and Valyi, Ellipsoidal Calculus, 1997); with q the quadratic mean of a and b it
   * is exact for a circle. Growing both semi-axes by r alone would be too tight between the axes.
   */
  private Box ellipseAround(Box object) {
    double a = object.width() / 2;
    double b = object.height() / 2;
    double q = Math.max(1, Math.sqrt((a * a + b * b) / 2));
    double scale = 1 + CODEC_REACH_PX / q;
    double reachX = Math.sqrt(scale * (a * a + CODEC_REACH_PX * q));
    double reachY = Math.sqrt(scale * (b * b + CODEC_REACH_PX * q));
    double radiusX = Math.max(reachX, Math.max(a * Math.sqrt(2), a + growth(2 * a)));
    double radiusY = Math.max(reachY, Math.max(b * Math.sqrt(2), b + growth(2 * b)));
    return Box.around(object.centreX(), object.centreY(), 2 * radiusX, 2 * radiusY);
  }

  /**
   * Detectors place the edge of a cut object a little inside the picture; the part between it and
   * the border belongs to the object too. The box goes on beyond the border by half its side, so
   * that an ellipse in it is still about its full height where it meets the border.
   */
  private Box continueBeyondBorder(Box object) {
    double nearX = near(pictureWidth, object.width());
    double nearY = near(pictureHeight, object.height());
    double beyondX = Math.max(object.width() / 2, CODEC_REACH_PX);
    double beyondY = Math.max(object.height() / 2, CODEC_REACH_PX);
    return new Box(
        object.left() <= nearX ? Math.min(object.left(), -beyondX) : object.left(),
        object.top() <= nearY ? Math.min(object.top(), -beyondY) : object.top(),
        object.right() >= pictureWidth - nearX
            ? Math.max(object.right(), pictureWidth + beyondX)
            : object.right(),
        object.bottom() >= pictureHeight - nearY
            ? Math.max(object.bottom(), pictureHeight + beyondY)
            : object.bottom());
  }

  /** How near to the border counts as cut: 2 % of the picture, but not for objects far smaller. */
  private static double near(int picture, double object) {
    double share = Math.min(BORDER_SHARE_OF_PICTURE * picture, BORDER_SHARE_OF_OBJECT * object);
    return Math.max(CODEC_REACH_PX, share);
  }
}
