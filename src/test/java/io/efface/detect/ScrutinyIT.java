package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Careful looks at real pictures with ground truth, as they are and turned. */
class ScrutinyIT {
  private static final int IMAGES = 16;
  private static final int LARGE_PX = 40;
  private static final DetectorOptions OPTIONS =
      new DetectorOptions(1280, 0.2, EnumSet.of(Label.FACE), 2);
  private static final Looks LOOKS =
      new Looks(Scale.looks(List.of(1.0), /* farther= */ true), Mirror.IN_TURN);
  private static final Path SET = RealFootage.path("dev/wider_val");

  @ParameterizedTest
  @EnumSource(
      value = Orientation.class,
      names = {"ROTATED_180", "ROTATED_90_CLOCKWISE", "ROTATED_90_COUNTER_CLOCKWISE"})
  void aPictureOnItsSideShowsTheSameFaces(Orientation turn) throws IOException {
    int faces = 0;
    int upright = 0;
    int turned = 0;
    int looked = 0;
    try (LooksDetector detector = open()) {
      for (String image : DetectIT.images(SET, IMAGES)) {
        VideoFrame picture = Stills.read(SET.resolve(image));
        VideoFrame rotated = Stills.readTurned(SET.resolve(image), turn);
        List<Detection> asItIs = detector.scrutinise(picture);
        List<Detection> carefully = detector.scrutinise(rotated);
        List<Detection> once = detector.detect(rotated);
        for (Box face : DetectIT.truth(SET, image, LARGE_PX)) {
          Box there = turn.toUpright(face, picture.width(), picture.height());
          faces++;
          upright += isFound(face, asItIs) ? 1 : 0;
          turned += isFound(there, carefully) ? 1 : 0;
          looked += isFound(there, once) ? 1 : 0;
        }
      }
    }
    assertThat(faces).isGreaterThan(15);
    assertThat(upright).isGreaterThanOrEqualTo((int) (0.8 * faces));
    assertThat(turned).isGreaterThanOrEqualTo((int) (0.75 * upright)).isGreaterThan(looked);
  }

  @Test
  void aCarefulLookFindsNoFewerFaces() throws IOException {
    int once = 0;
    int carefully = 0;
    try (LooksDetector detector = open()) {
      for (String image : DetectIT.images(SET, IMAGES)) {
        VideoFrame frame = Stills.read(SET.resolve(image));
        List<Detection> seen = detector.detect(frame);
        List<Detection> scrutinised = detector.scrutinise(frame);
        for (Box face : DetectIT.truth(SET, image, 10)) {
          once += isFound(face, seen) ? 1 : 0;
          carefully += isFound(face, scrutinised) ? 1 : 0;
        }
      }
    }
    assertThat(once).isPositive();
    assertThat(carefully).isGreaterThanOrEqualTo(once);
  }

  @Test
  void aCarefulLookCanBeEndedBeforeEachRun() throws IOException {
    VideoFrame frame = Stills.read(SET.resolve("0098.webp"));
    AtomicInteger runs = new AtomicInteger();
    try (LooksDetector detector = open()) {
      detector.everyRun(runs::incrementAndGet);
      List<Detection> found = detector.scrutinise(frame);
      int all = runs.get();
      // Two scales, as it is, mirrored and turned, and what was found up close.
      assertThat(all).isGreaterThan(2 * 5);
      for (int most : new int[] {1, all / 2, all}) {
        runs.set(0);
        detector.everyRun(
            () -> {
              if (runs.incrementAndGet() == most) {
                throw new CancellationException();
              }
            });
        assertThatThrownBy(() -> detector.scrutinise(frame))
            .isInstanceOf(CancellationException.class);
        assertThat(runs).hasValue(most);
      }
      detector.everyRun(() -> {});
      assertThat(detector.scrutinise(frame)).isNotEmpty().isEqualTo(found);
    }
  }

  private static LooksDetector open() {
    ModelSource source = ModelSource.of(ModelSource.DEFAULT);
    return LooksDetector.open(source, Optional.empty(), OPTIONS, LOOKS, /* refined= */ true);
  }

  private static boolean isFound(Box face, List<Detection> detections) {
    return detections.stream().anyMatch(d -> d.score() >= 0.5 && d.box().iou(face) >= 0.4);
  }
}
