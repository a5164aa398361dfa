package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.RealFootage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts in a photo, which is seen once, and what in a film. */
class PhotoIT {
  private static final int PHOTOS = 8;

  /** The default network's score to start a track with. */
  private static final double START_SCORE = 0.5;

  private static final double PHOTO_START_SCORE = 0.425;

  @TempDir private Path folder;

  @Test
  void aPhotosDoubtfulFacesCountUnlessAScoreIsAskedFor() {
    List<Double> usual = new ArrayList<>();
    List<Double> asked = new ArrayList<>();
    for (Path photo : photos()) {
      usual.addAll(scores(found(photo, OptionalDouble.empty(), PHOTO_START_SCORE)));
      asked.addAll(scores(found(photo, OptionalDouble.of(START_SCORE), START_SCORE)));
    }
    assertThat(usual).allMatch(score -> score >= 0.4).anyMatch(score -> score < START_SCORE);
    assertThat(asked).isNotEmpty().allMatch(score -> score >= START_SCORE);
    assertThat(usual.stream().filter(score -> score >= 0.6).sorted())
        .containsExactlyElementsOf(asked.stream().filter(score -> score >= 0.6).sorted().toList());
  }

  @Test
  void aFilmOfThePhotoAsksForTheUsualScore() {
    List<Double> still = new ArrayList<>();
    for (Path photo : photos().subList(0, 3)) {
      Path film =
          FfmpegPrograms.make(
              "-loop",
              "1",
              "-i",
              photo,
              "-t",
              "0.6",
              "-r",
              "10",
              "-vf",
              "crop=trunc(iw/2)*2:trunc(ih/2)*2",
              "-pix_fmt",
              "yuv420p",
              folder.resolve(photo.getFileName() + ".mp4"));
      still.addAll(scores(found(film, OptionalDouble.empty(), START_SCORE)));
    }
    assertThat(still).isNotEmpty().allMatch(score -> score >= START_SCORE);
  }

  private static List<Path> photos() {
    return RealFootage.files("dev/wider_val").stream()
        .filter(file -> file.getFileName().toString().endsWith(".webp"))
        .limit(PHOTOS)
        .toList();
  }

  /** The best score of each face that counts. */
  private static List<Double> scores(Manifest found) {
    return found.tracks().stream().map(entry -> entry.track().peakScore()).toList();
  }

  /** What is found, and is said to have been found from such a score on. */
  private Manifest found(Path input, OptionalDouble least, double stated) {
    Path manifest = folder.resolve("manifest.json");
    DetectionOptions options =
        new DetectionOptions(
            DetectionOptions.DEFAULT_MODEL,
            DetectionOptions.DEFAULT_DETECT_SIZE,
            Set.of(Label.FACE),
            least);
    new RedactionPipeline()
        .detect(
            new DetectJob(input, options, false, Optional.of(manifest), Optional.empty(), true),
            Progress.NONE);
    Manifest found = ManifestCodec.read(manifest);
    assertThat(found.models().get(0).startScore()).isEqualTo(stated);
    return found;
  }
}
