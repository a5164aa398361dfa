package io.efface.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.geometry.Similarity;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.Rational;
import io.efface.media.VideoFrame;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureMotionTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 192;
  private static final int GRID = 8;
  private static final PixelLayout LAYOUT = new PixelLayout(ColourModel.GREY, 0, 0, 8, true);

  /** A pan, a zoom and a roll at once, as a hand does them. */
  private static final Similarity STEP = new Similarity(1.02, 0.015, -6, 4);

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void aPanAZoomAndARollAreMeasuredInTheUprightPicture(Orientation orientation) {
    try (PictureMotion motion = new PictureMotion()) {
      assertThat(motion.next(ground(Similarity.IDENTITY, orientation))).isEmpty();
      Similarity found = motion.next(ground(STEP, orientation)).orElseThrow();
      for (int[] point : new int[][] {{20, 20}, {300, 30}, {160, 96}, {40, 180}}) {
        assertThat(found.x(point[0], point[1])).isCloseTo(STEP.x(point[0], point[1]), within(0.5));
        assertThat(found.y(point[0], point[1])).isCloseTo(STEP.y(point[0], point[1]), within(0.5));
      }
    }
  }

  @Test
  void aThumbnailShowsTheLastFrame() {
    try (PictureMotion motion = new PictureMotion()) {
      byte[] thumbnail = new byte[64 * 36];
      assertThatThrownBy(() -> motion.thumbnail(64, 36, thumbnail))
          .isInstanceOf(IllegalStateException.class);
      VideoFrame frame = VideoFrame.allocate(LAYOUT, 4 * WIDTH, 4 * HEIGHT);
      paint(frame, Box.ofSize(0, 0, 2 * WIDTH, 4 * HEIGHT), 0);
      motion.next(ground(STEP, Orientation.UPRIGHT));
      motion.next(frame);
      motion.thumbnail(64, 36, thumbnail);
      double left = 0;
      for (int i = 0; i < thumbnail.length; i++) {
        assertThat(i % 64 < 34 ? 0 : thumbnail[i] & 0xff).isLessThan(8);
        left += i % 64 < 32 ? thumbnail[i] & 0xff : 0;
      }
      assertThat(left / (32 * 36)).isGreaterThan(40);
    }
  }

  @Test
  void anObjectWithAMotionOfItsOwnDoesNotCount() {
    try (PictureMotion motion = new PictureMotion()) {
      VideoFrame first = ground(Similarity.IDENTITY, Orientation.UPRIGHT);
      VideoFrame second = ground(STEP, Orientation.UPRIGHT);
      paint(first, Box.ofSize(60, 50, 90, 90), 0);
      paint(second, Box.ofSize(75, 50, 90, 90), 15);
      motion.next(first);
      Similarity found = motion.next(second).orElseThrow();
      assertThat(found.x(160, 96)).isCloseTo(STEP.x(160, 96), within(0.5));
      assertThat(found.y(160, 96)).isCloseTo(STEP.y(160, 96), within(0.5));
    }
  }

  @Test
  void anObjectThatIsCrisperThanAllElseIsNotTheCamera() {
    try (PictureMotion motion = new PictureMotion()) {
      VideoFrame first = faint(ground(Similarity.IDENTITY, Orientation.UPRIGHT));
      VideoFrame second = faint(ground(Similarity.IDENTITY, Orientation.UPRIGHT));
      paint(first, Box.ofSize(40, 40, 110, 100), 0);
      paint(second, Box.ofSize(46, 40, 110, 100), 6);
      motion.next(first);
      Similarity found = motion.next(second).orElseThrow();
      assertThat(found.x(160, 96)).isCloseTo(160, within(0.5));
      assertThat(found.y(160, 96)).isCloseTo(96, within(0.5));
    }
  }

  /** The same with two fifths of its contrast. */
  private static VideoFrame faint(VideoFrame frame) {
    Plane plane = frame.planes().get(0);
    for (int at = 0; at < plane.stride() * HEIGHT; at++) {
      plane.data().put(at, (byte) (80 + (plane.data().get(at) & 0xff) * 2 / 5));
    }
    return frame;
  }

  @Test
  void aPlainPictureAndAnotherSceneTellNothing() {
    try (PictureMotion motion = new PictureMotion()) {
      motion.next(VideoFrame.allocate(LAYOUT, WIDTH, HEIGHT));
      assertThat(motion.next(ground(Similarity.IDENTITY, Orientation.UPRIGHT))).isEmpty();
      assertThat(motion.next(ground(new Similarity(1, 0, 5000, 0), Orientation.UPRIGHT))).isEmpty();
    }
  }

  @Test
  void aStillPictureDoesNotMoveHoweverPlain() {
    try (PictureMotion motion = new PictureMotion()) {
      motion.next(VideoFrame.allocate(LAYOUT, WIDTH, HEIGHT));
      assertThat(motion.next(VideoFrame.allocate(LAYOUT, WIDTH, HEIGHT)))
          .contains(Similarity.IDENTITY);
    }
  }

  @Test
  void aSmallObjectIsAChangeAndNoiseAndLightAreNone() {
    try (PictureMotion motion = new PictureMotion()) {
      PictureChange change = new PictureChange();
      motion.next(ground(Similarity.IDENTITY, Orientation.UPRIGHT));
      assertThat(change.isIn(motion.picture())).as("nothing marked").isTrue();
      change.mark(motion.picture());
      assertThat(change.isIn(motion.picture())).isFalse();
      motion.next(brighter(Similarity.IDENTITY, 6, 8));
      assertThat(change.isIn(motion.picture())).as("light and noise").isFalse();
      VideoFrame object = brighter(Similarity.IDENTITY, 6, 8);
      paint(object, Box.ofSize(150, 90, 5, 8), 0);
      motion.next(object);
      assertThat(change.isIn(motion.picture())).as("object").isTrue();
      motion.next(ground(Similarity.shift(0.2, 0), Orientation.UPRIGHT));
      assertThat(change.isIn(motion.picture())).as("a slow pan so far").isTrue();
    }
  }

  @Test
  void aSceneThatAppearsOutOfBlackIsAChange() {
    try (PictureMotion motion = new PictureMotion()) {
      PictureChange change = new PictureChange();
      motion.next(VideoFrame.allocate(LAYOUT, WIDTH, HEIGHT));
      change.mark(motion.picture());
      motion.next(ground(Similarity.IDENTITY, Orientation.UPRIGHT));
      assertThat(change.isIn(motion.picture())).isTrue();
    }
  }

  /** Textured ground in other light, with noise. */
  private static VideoFrame brighter(Similarity movement, int by, int noise) {
    VideoFrame frame = ground(movement, Orientation.UPRIGHT);
    Plane plane = frame.planes().get(0);
    Random random = new Random(7);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int at = y * plane.stride() + x;
        int value = (plane.data().get(at) & 0xff) + by + random.nextInt(2 * noise + 1) - noise;
        plane.data().put(at, (byte) Math.max(0, Math.min(255, value)));
      }
    }
    return frame;
  }

  @Test
  void theSameFramesGiveTheSameMovement() {
    assertThat(measured()).isEqualTo(measured());
  }

  private static Similarity measured() {
    try (PictureMotion motion = new PictureMotion()) {
      motion.next(ground(Similarity.IDENTITY, Orientation.UPRIGHT));
      return motion.next(ground(STEP, Orientation.UPRIGHT)).orElseThrow();
    }
  }

  /** Textured ground, moved, as a camera held that way stores it. */
  private static VideoFrame ground(Similarity movement, Orientation orientation) {
    int width = orientation.transposed() ? HEIGHT : WIDTH;
    int height = orientation.transposed() ? WIDTH : HEIGHT;
    VideoFrame frame = VideoFrame.allocate(LAYOUT, width, height);
    Plane plane = frame.planes().get(0);
    Similarity back = movement.inverse();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Box at = orientation.toUpright(Box.ofSize(x + 0.5, y + 0.5, 0, 0), width, height);
        double value = texture(back.x(at.left(), at.top()), back.y(at.left(), at.top()));
        plane.data().put(y * plane.stride() + x, (byte) value);
      }
    }
    return new VideoFrame(
        0,
        0,
        1,
        new Rational(1, 25),
        width,
        height,
        Rational.UNKNOWN,
        orientation,
        LAYOUT,
        List.of(plane),
        false);
  }

  /** An object with a texture of its own that goes along. */
  private static void paint(VideoFrame frame, Box box, double shift) {
    Plane plane = frame.planes().get(0);
    for (int y = (int) box.top(); y < box.bottom(); y++) {
      for (int x = (int) box.left(); x < box.right(); x++) {
        plane.data().put(y * plane.stride() + x, (byte) texture(x - shift + 9000, y + 9000));
      }
    }
  }

  /** Random brightness on a grid, smooth in between. */
  private static double texture(double x, double y) {
    double u = x / GRID;
    double v = y / GRID;
    long column = (long) Math.floor(u);
    long row = (long) Math.floor(v);
    double top = lerp(knot(column, row), knot(column + 1, row), u - column);
    double bottom = lerp(knot(column, row + 1), knot(column + 1, row + 1), u - column);
    return lerp(top, bottom, v - row);
  }

  private static double knot(long column, long row) {
    return 30 + 200 * new Random(column * 7919 + row * 104_729).nextDouble();
  }

  private static double lerp(double from, double to, double share) {
    return from + share * (to - from);
  }
}
