package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.media.TransferFunction;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faces in footage of high dynamic range, made of real pictures. */
class HighRangeIT {
  private static final int IMAGES = 25;
  private static final int LEAST_PX = 24;
  private static final DetectorOptions OPTIONS =
      new DetectorOptions(1280, 0.2, EnumSet.of(Label.FACE), 2);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"PQ", "HLG"})
  void isLookedAtAsStandardRangeIs(TransferFunction transfer) throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    Looks looks = new Looks(Scale.looks(List.of(1.0), /* farther= */ true), Mirror.NEVER);
    int standard = 0;
    int high = 0;
    int unmapped = 0;
    try (LooksDetector detector =
        LooksDetector.open(
            ModelSource.of(ModelSource.DEFAULT),
            Optional.empty(),
            OPTIONS,
            looks,
            /* refined= */ true)) {
      for (String image : DetectIT.images(set, IMAGES)) {
        List<Box> faces = DetectIT.truth(set, image, LEAST_PX);
        standard += found(faces, detector.detect(Stills.read(set.resolve(image))));
        Path film =
            HighRangeFilm.make(transfer, folder.resolve("film.mkv"), "-i", set.resolve(image));
        try (VideoReader reader = VideoReader.open(film, 1)) {
          VideoFrame frame = reader.next().orElseThrow();
          assertThat(frame.transfer()).isEqualTo(transfer);
          high += found(faces, detector.detect(frame));
          unmapped += found(faces, detector.detect(frame.withTransfer(TransferFunction.SDR)));
        }
      }
    }
    assertThat(standard).isGreaterThan(40);
    assertThat(high).isGreaterThan(unmapped).isGreaterThanOrEqualTo((int) (0.95 * standard));
  }

  /** How many are surely found. */
  private static int found(List<Box> faces, List<Detection> detections) {
    return (int)
        faces.stream()
            .filter(
                face ->
                    detections.stream()
                        .anyMatch(one -> one.score() >= 0.6 && one.box().iou(face) >= 0.5))
            .count();
  }
}
