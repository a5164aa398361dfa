package io.efface.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.eval.ClipTruth.Sighting;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames of 200x100 with a fine pattern; grey 128 where something was filled. */
class CoverageMeterTest {
  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;
  private static final PixelLayout FULL = new PixelLayout(ColourModel.GREY, 0, 0, 8, true);
  private static final Box FACE = Box.ofSize(20, 20, 40, 40);
  private static final Box NOTHING = new Box(0, 0, 0, 0);

  @Test
  void aFillCoversAndAnUnchangedFrameExposes() {
    try (CoverageMeter meter = new CoverageMeter()) {
      List<Sighting> objects = List.of(new Sighting(7, FACE, false));
      meter.add(frame(FULL, NOTHING), frame(FULL, FACE), objects);
      meter.add(frame(FULL, NOTHING), frame(FULL, NOTHING), objects);
      meter.add(frame(FULL, NOTHING), frame(FULL, NOTHING), objects);
      Coverage coverage = meter.coverage();
      assertThat(coverage.frames()).isEqualTo(3);
      assertThat(coverage.all()).isEqualTo(new Coverage.Count(3, 1));
      assertThat(coverage.tracks()).isEqualTo(1);
      assertThat(coverage.exposed()).isEqualTo(Map.of(7, 2));
      assertThat(coverage.exposedTracks()).isEqualTo(1);
      assertThat(coverage.exposedFrames()).isEqualTo(2);
      assertThat(coverage.overRedaction()).isZero();
    }
  }

  @Test
  void halfAFillDoesNotCover() {
    assertThat(judged(FACE, Box.ofSize(20, 20, 20, 40)).all()).isEqualTo(new Coverage.Count(1, 0));
  }

  @Test
  void onlyTheMiddleIsJudged() {
    // The middle 80 % of 40 px begins 4 px from the edge.
    assertThat(judged(FACE, Box.ofSize(24, 24, 32, 32)).all()).isEqualTo(new Coverage.Count(1, 1));
  }

  @Test
  void lowObjectsAreCountedApart() {
    Coverage low = judged(Box.ofSize(20, 20, 40, 23.9), NOTHING);
    assertThat(low.small()).isEqualTo(new Coverage.Count(1, 0));
    assertThat(low.large().objects()).isZero();
    assertThat(judged(Box.ofSize(20, 20, 40, 24), NOTHING).large())
        .isEqualTo(new Coverage.Count(1, 0));
  }

  @Test
  void whatCannotBeJudgedIsCountedApart() {
    // Less than 3 px are too few; the right half of the frame is flat.
    for (Box box :
        List.of(
            Box.ofSize(20, 20, 2, 40), Box.ofSize(120, 20, 40, 40), Box.ofSize(-50, 20, 40, 40))) {
      Coverage coverage = judged(box, NOTHING);
      assertThat(coverage.all().objects()).isZero();
      assertThat(coverage.notJudged()).isEqualTo(1);
    }
    assertThat(judged(FACE, NOTHING).notJudged()).isZero();
  }

  @Test
  void ignoredObjectsCountNeitherAsExposedNorAsOverRedaction() {
    try (CoverageMeter meter = new CoverageMeter()) {
      meter.add(frame(FULL, NOTHING), frame(FULL, FACE), List.of(new Sighting(1, FACE, true)));
      assertThat(meter.coverage().all().objects()).isZero();
      assertThat(meter.coverage().notJudged()).isZero();
      assertThat(meter.coverage().overRedaction()).isZero();
    }
  }

  @Test
  void changesFarFromEveryObjectAreOverRedaction() {
    // Grown by half its size the face takes 80x80 of 200x100 px, 13,600 are far. The fill covers
    // 20x100 px beside it; the pattern differs from 128 everywhere there.
    Coverage coverage = judged(Box.ofSize(100, 10, 40, 40), Box.ofSize(0, 0, 20, 100));
    assertThat(coverage.overRedaction()).isCloseTo(2000.0 / (20000 - 80 * 70), within(1e-9));
  }

  @Test
  void aFrameFullOfObjectsHasNoOverRedaction() {
    assertThat(judged(Box.ofSize(0, 0, WIDTH, HEIGHT), FACE).overRedaction()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GREY, 8, true",
    "YUV, 8, false",
    "YUV, 10, false",
    "YUV, 12, true",
    "GBR, 8, true",
    "GBR, 10, true"
  })
  void everyKindOfPictureIsJudgedAlike(ColourModel model, int depth, boolean fullRange) {
    int shift = model == ColourModel.YUV ? 1 : 0;
    PixelLayout layout = new PixelLayout(model, shift, shift, depth, fullRange);
    Box stray = Box.ofSize(0, 80, 100, 20);
    try (CoverageMeter meter = new CoverageMeter();
        Grey grey = new Grey()) {
      assertThat(grey.of(frame(layout, stray)).get(90, 5)[0]).isCloseTo(128, within(1.0));
      assertThat(grey.of(frame(layout, stray)).get(5, 8)[0]).isCloseTo(168, within(1.0));
      assertThat(grey.of(frame(layout, stray)).get(5, 4)[0]).isCloseTo(88, within(1.0));
      meter.add(
          frame(layout, NOTHING), frame(layout, stray), List.of(new Sighting(1, FACE, false)));
      assertThat(meter.coverage().all()).isEqualTo(new Coverage.Count(1, 0));
      assertThat(meter.coverage().overRedaction()).isCloseTo(2000.0 / 13600, within(1e-9));
    }
  }

  @Test
  void objectsAreLookedForInTheUprightPicture() {
    // Turned clockwise, the stored (20..60, 20..60) is (40..80, 20..60) of the 100x200 seen.
    Box upright = Box.ofSize(40, 20, 40, 40);
    try (CoverageMeter meter = new CoverageMeter()) {
      meter.add(
          turned(frame(FULL, NOTHING)),
          turned(frame(FULL, FACE)),
          List.of(new Sighting(1, upright, false)));
      assertThat(meter.coverage().all()).isEqualTo(new Coverage.Count(1, 1));
      assertThat(meter.coverage().overRedaction()).isZero();
    }
  }

  @Test
  void framesOfAnotherShapeAreRefused() {
    VideoFrame one = frame(FULL, NOTHING);
    VideoFrame other = turned(one);
    assertThat(CoverageMeter.isComparable(one, other)).isFalse();
    try (CoverageMeter meter = new CoverageMeter()) {
      assertThatThrownBy(() -> meter.add(one, other, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Coverage judged(Box object, Box filled) {
    try (CoverageMeter meter = new CoverageMeter()) {
      meter.add(frame(FULL, NOTHING), frame(FULL, filled), List.of(new Sighting(1, object, false)));
      return meter.coverage();
    }
  }

  /** Cells of 4 px, 88 and 168 by turns, on the left; 100 on the right; 128 where filled. */
  private static VideoFrame frame(PixelLayout layout, Box filled) {
    VideoFrame frame = VideoFrame.allocate(layout, WIDTH, HEIGHT);
    int planes = layout.model() == ColourModel.GBR ? 3 : 1;
    for (int i = 0; i < planes; i++) {
      Plane plane = frame.planes().get(i);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          boolean inside =
              x >= filled.left() && x < filled.right() && y >= filled.top() && y < filled.bottom();
          int pattern = x >= WIDTH / 2 ? 100 : (x / 4 + y / 4) % 2 == 0 ? 88 : 168;
          put(plane, layout, x, y, inside ? 128 : pattern);
        }
      }
    }
    return frame;
  }

  private static void put(Plane plane, PixelLayout layout, int x, int y, int grey) {
    double eightBits = layout.fullRange() ? grey : 16 + grey * 219.0 / 255;
    int code = (int) Math.round(eightBits * (1 << (layout.bitDepth() - 8)));
    if (layout.bytesPerSample() == 2) {
      plane.data().putShort(y * plane.stride() + 2 * x, (short) code);
    } else {
      plane.data().put(y * plane.stride() + x, (byte) code);
    }
  }

  private static VideoFrame turned(VideoFrame frame) {
    return new VideoFrame(
        0,
        0,
        1,
        frame.timeBase(),
        frame.width(),
        frame.height(),
        frame.sampleAspect(),
        Orientation.ROTATED_90_CLOCKWISE,
        frame.layout(),
        frame.planes(),
        false);
  }
}
