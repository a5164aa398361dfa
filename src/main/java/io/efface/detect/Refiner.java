package io.efface.detect;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at each candidate of a detector up close and says how sure that is, and where the object
 * is: the second stage of a two-stage detector (Faster R-CNN, arXiv 1506.01497), on pixels instead
 * of features. Its network, {@code models/efface-refiner.onnx}, is trained on what the project's
 * detector takes for objects, right or wrong. Single-threaded; owns its session.
 */
final class Refiner implements AutoCloseable {
  /** Side of its input in pixels. */
  static final int SIDE = 64;

  private static final String PATCH = "patch";
  private static final String SCORE = "score";
  private static final String PLACE = "place";

  /** Side of the square that is looked at, in longer sides of the candidate. */
  private static final double REACH = 2;

  /** The refiner's weight in the mean of both scores; either alone is less exact. */
  private static final double WEIGHT = 0.6;

  /** How many candidates one run looks at; bounds the memory. */
  private static final int BATCH = 32;

  /** What is looked at a second time: less than this is no object on second thoughts either. */
  private static final double AGAIN_SCORE = 0.3;

  /** Scores count as no surer than this, so that their odds stay finite. */
  private static final double MOST_SURE = 1 - 1e-6;

  /**
   * A side is at most so far from the candidate's longer one, as a logarithm. Training goes to 3;
   * less keeps what is very long and low, as a plate of 520 by 110, from being taken for lower than
   * 0.22 of its length, so that all of it is covered.
   */
  private static final float MAX_LOG_SIZE = 1.5f;

  private final ModelSession session;

  private Refiner(ModelSession session) {
    this.session = session;
  }

  /**
   * Loads the refiner that comes with the program.
   *
   * @param threads how many threads a run may use, from 1
   * @param device what to run it on, where that works
   * @throws DetectionException if this build's file is damaged
   */
  static Refiner open(int threads, Device device) {
    ModelSource source = ModelSource.refiner();
    return new Refiner(ModelSession.open(source.name(), source.content(), threads, device));
  }

  /** From the next opinion on, uses at most so many threads. */
  void useThreads(int most) {
    session.useThreads(most);
  }

  /** Has something called before each run; what it throws ends the opinion. */
  void everyRun(Runnable everyRun) {
    session.everyRun(everyRun);
  }

  /** A picture to look at more closely: the input of a detector that it was just given to. */
  interface Picture {
    /** A box of the upright picture, in pixels of the input. */
    Box toInput(Box upright);

    /** The inverse of {@link #toInput}. */
    Box toPicture(Box inInput);

    /**
     * Cuts a square out of the input; beyond the picture's edge, the edge is repeated.
     *
     * @param into NCHW float32 BGR, 0 to 255: 3 planes of {@code side} x {@code side}
     */
    void cut(Square square, int side, ByteBuffer into);
  }

  /**
   * A square of whole pixels, which may reach beyond the picture.
   *
   * @param left first column
   * @param top first row
   * @param length columns and rows, from 2
   */
  record Square(int left, int top, int length) {
    static Square around(Box box) {
      int length = Math.max(2, (int) Math.round(REACH * box.longerSide()));
      double x = (box.left() + box.right()) / 2;
      double y = (box.top() + box.bottom()) / 2;
      return new Square(
          (int) Math.round(x - length / 2.0), (int) Math.round(y - length / 2.0), length);
    }
  }

  /**
   * Takes a second opinion on each candidate.
   *
   * @param candidates as a detector found them in the picture
   * @return one for each, in the same order, of the same class: where the object is according to
   *     the refiner, with the weighted geometric mean of both scores
   * @throws DetectionException if the network fails
   */
  List<Detection> refine(List<Detection> candidates, Picture picture) {
    return refined(candidates, opinions(candidates, picture));
  }

  /**
   * Takes two opinions on each candidate, the second where the first saw it, mirrored left to
   * right. Otherwise as {@link #refine}.
   */
  List<Detection> refineTwice(List<Detection> candidates, Picture picture) {
    List<Opinion> opinions = opinions(candidates, picture);
    List<Detection> once = refined(candidates, opinions);
    List<Detection> likely =
        once.stream().filter(detection -> detection.score() >= AGAIN_SCORE).toList();
    Iterator<Opinion> again =
        opinions(likely, new TurnedPicture(picture, Orientation.FLIPPED_HORIZONTALLY)).iterator();
    for (int k = 0; k < once.size(); k++) {
      if (once.get(k).score() >= AGAIN_SCORE) {
        opinions.set(k, opinions.get(k).and(again.next()));
      }
    }
    return refined(candidates, opinions);
  }

  private static List<Detection> refined(List<Detection> candidates, List<Opinion> opinions) {
    List<Detection> refined = new ArrayList<>(candidates.size());
    for (int k = 0; k < candidates.size(); k++) {
      refined.add(opinions.get(k).refine(candidates.get(k)));
    }
    return List.copyOf(refined);
  }

  private List<Opinion> opinions(List<Detection> candidates, Picture picture) {
    List<Opinion> opinions = new ArrayList<>(candidates.size());
    for (int from = 0; from < candidates.size(); from += BATCH) {
      int to = Math.min(from + BATCH, candidates.size());
      look(candidates.subList(from, to), picture, opinions);
    }
    return opinions;
  }

  private void look(List<Detection> some, Picture picture, List<Opinion> opinions) {
    int count = some.size();
    Map<String, long[]> outputs = new LinkedHashMap<>();
    outputs.put(SCORE, new long[] {count, OwnDecoder.CLASSES.size()});
    outputs.put(PLACE, new long[] {count, 4});
    session.bind(PATCH, new long[] {count, 3, SIDE, SIDE}, outputs);
    ByteBuffer input = session.input();
    int bytes = 3 * SIDE * SIDE * Float.BYTES;
    List<Square> squares = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      Square square = Square.around(picture.toInput(some.get(k).box()));
      picture.cut(square, SIDE, input.slice(k * bytes, bytes));
      squares.add(square);
    }
    session.run();
    FloatBuffer scores = OutputDecoder.output(session.outputs(), SCORE);
    FloatBuffer places = OutputDecoder.output(session.outputs(), PLACE);
    for (int k = 0; k < count; k++) {
      int at = k * OwnDecoder.CLASSES.size() + OwnDecoder.CLASSES.indexOf(some.get(k).label());
      float score = OutputDecoder.refuseNoNumber(scores.get(at));
      Box box = picture.toPicture(place(squares.get(k), places, 4 * k));
      opinions.add(new Opinion(box, score));
    }
  }

  /**
   * What the network says of a candidate.
   *
   * @param box where the object is, in pixels of the upright picture
   * @param score how sure it is of the candidate's class, 0 to 1
   */
  private record Opinion(Box box, double score) {
    Detection refine(Detection candidate) {
      double together = Math.pow(candidate.score(), 1 - WEIGHT) * Math.pow(score, WEIGHT);
      return new Detection(candidate.label(), box, together);
    }

    /** The mean of two opinions: of the boxes, and of the scores' log odds. */
    Opinion and(Opinion other) {
      double odds = Math.sqrt(odds(score) * odds(other.score));
      return new Opinion(
          new Box(
              (box.left() + other.box.left()) / 2,
              (box.top() + other.box.top()) / 2,
              (box.right() + other.box.right()) / 2,
              (box.bottom() + other.box.bottom()) / 2),
          odds / (1 + odds));
    }

    private static double odds(double score) {
      return score / (1 - Math.min(score, MOST_SURE));
    }
  }

  /**
   * Where the network says that an object is.
   *
   * @param places its answers: x and y from the square's centre in sides of it, and the logarithms
   *     of width and height in sides of the candidate
   * @param at where the four begin
   * @throws DetectionException if they tell no place
   */
  static Box place(Square square, FloatBuffer places, int at) {
    for (int k = 0; k < 4; k++) {
      if (!Float.isFinite(places.get(at + k))) {
        throw new DetectionException("the refiner gave a place that is not finite");
      }
    }
    double x = square.left() + square.length() * (0.5 + places.get(at));
    double y = square.top() + square.length() * (0.5 + places.get(at + 1));
    double width = side(places.get(at + 2)) * square.length() / REACH;
    double height = side(places.get(at + 3)) * square.length() / REACH;
    return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  private static double side(float log) {
    return Math.exp(Math.max(-MAX_LOG_SIZE, Math.min(MAX_LOG_SIZE, log)));
  }

  @Override
  public void close() {
    session.close();
  }
}
