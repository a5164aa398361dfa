package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.RealFootage;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A face that the detector loses while the camera pans past it: for a few frames in the middle, and
 * for the last ones, the picture is so blurred that nobody is found.
 */
class FlickerIT {
  private static final int FRAMES = 40;
  private static final int PAN_PX = 4;
  private static final int LOST_FROM = 14;
  private static final int LOST_TO = 20;
  private static final int GONE_FROM = 34;

  @TempDir static Path folder;
  private static Optional<Manifest> found = Optional.empty();

  @BeforeAll
  static void detect() throws IOException {
    String blur =
        "between(n,%d,%d)+gte(n,%d)"
            .formatted(LOST_FROM, LOST_TO - 1, GONE_FROM)
            .replace(",", "\\,");
    Path clip =
        FfmpegPrograms.make(
            "-loop",
            1,
            "-r",
            25,
            "-i",
            RealFootage.path("dev/wider_val/0060.webp"),
            "-frames:v",
            FRAMES,
            "-vf",
            "crop=640:360:40+" + PAN_PX + "*n:20,boxblur=60:3:30:3:enable=" + blur,
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            14,
            "-pix_fmt",
            "yuv420p",
            folder.resolve("clip.mp4"));
    Path to = folder.resolve("clip.json");
    new RedactionPipeline()
        .detect(
            new DetectJob(
                clip, Jobs.detection(640), false, Optional.of(to), Optional.empty(), false),
            Progress.NONE);
    found = Optional.of(ManifestCodec.read(to));
  }

  @Test
  void aFaceThatIsLostForAWhileIsOneTrackAndCoveredAllTheTime() {
    Track track =
        found.orElseThrow().tracks().stream()
            .map(Manifest.Entry::track)
            .filter(t -> t.points().get(0).box().iou(face(0)) > 0.3)
            .findFirst()
            .orElseThrow();
    assertThat(track.points()).hasSize(FRAMES);
    for (int f = 0; f < FRAMES; f++) {
      TrackPoint point = track.points().get(f);
      Box core = face(f).grow(-12, -16);
      assertThat(point.box().intersect(core).area() / core.area())
          .as("frame %d", f)
          .isGreaterThan(0.9);
      assertThat(point.box().area()).as("frame %d", f).isLessThan(3 * face(f).area());
    }
    assertThat(track.points().get(LOST_FROM - 2).origin()).isEqualTo(Origin.DETECTED);
    assertThat(track.points().get((LOST_FROM + LOST_TO) / 2).origin())
        .isEqualTo(Origin.INTERPOLATED);
    assertThat(track.points().get(FRAMES - 1).origin()).isEqualTo(Origin.EXTENDED);
  }

  /** Where the face is, by the still's own list. */
  private static Box face(int frame) {
    return Box.ofSize(390 - 40 - PAN_PX * frame, 76 - 20, 116, 162);
  }
}
