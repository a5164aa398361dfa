package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.manifest.ManifestCodec;
import io.efface.manifest.Replay;
import io.efface.media.Natives;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** A face that crosses the picture so fast that it is not near where the last look saw it. */
class RunnersIT {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int FRAMES = 100;
  private static final int FACE_PX = 40;

  /** More than the face's length a frame; three frames lie between two looks. */
  private static final int STEP_PX = 45;

  private static final int FROM_LEFT = 15;
  private static final int FROM_RIGHT = 55;
  private static final int TOP = 300;

  @TempDir Path folder;

  @Test
  void whoRunsByIsCoveredInEveryFrame() throws IOException {
    Natives.loadOpenCv();
    Path wider = RealFootage.path("dev/wider_val");
    try (Staged portrait = Staged.real(wider, "0098.webp", 342, 171.5);
        Staged runner = portrait.scaled(FACE_PX / portrait.face().height())) {
      Replay covered = covered(film(runner.picture()));
      int judged = 0;
      for (int f = 0; f < FRAMES; f++) {
        double left = left(f, runner.picture().cols());
        Box face = runner.face().translate(left, TOP);
        Box seen = face.clip(WIDTH, HEIGHT);
        if (seen.area() >= 0.6 * face.area()) {
          judged++;
          Box core = seen.grow(-0.1 * seen.width(), -0.1 * seen.height());
          double share =
              covered.objects(f).stream()
                  .mapToDouble(one -> one.point().box().intersect(core).area() / core.area())
                  .max()
                  .orElse(0);
          assertThat(share).as("covered in frame %d", f).isGreaterThan(0.95);
        }
      }
      assertThat(judged).as("frames that show the face").isGreaterThan(40);
    }
  }

  /** Where the runner's picture begins: once from the left, once from the right. */
  private static double left(int frame, int width) {
    return frame < FROM_RIGHT
        ? -width + STEP_PX * (frame - FROM_LEFT)
        : WIDTH - STEP_PX * (frame - FROM_RIGHT);
  }

  private Path film(Mat runner) {
    Path street = folder.resolve("street.png");
    Path person = folder.resolve("person.png");
    Mat picture = Imgcodecs.imread(RealFootage.path("dev/plates_world/0001.webp").toString());
    Imgproc.resize(picture, picture, new Size(WIDTH, HEIGHT));
    Imgcodecs.imwrite(street.toString(), picture);
    Imgcodecs.imwrite(person.toString(), runner);
    picture.release();
    String x =
        String.format(
            Locale.ROOT,
            "if(lt(25*t,%d-0.5),-w+%d*(25*t-%d),W-%d*(25*t-%d))",
            FROM_RIGHT,
            STEP_PX,
            FROM_LEFT,
            STEP_PX,
            FROM_RIGHT);
    return FfmpegPrograms.make(
        "-loop",
        "1",
        "-framerate",
        "25",
        "-i",
        street,
        "-loop",
        "1",
        "-framerate",
        "25",
        "-i",
        person,
        "-filter_complex",
        "overlay=x='" + x + "':y=" + TOP,
        "-frames:v",
        FRAMES,
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "16",
        "-pix_fmt",
        "yuv420p",
        folder.resolve("film.mp4"));
  }

  private Replay covered(Path film) {
    Path manifest = folder.resolve("film.manifest.json");
    new RedactionPipeline()
        .detect(
            new DetectJob(
                film,
                Jobs.detection(WIDTH),
                /* allowTruncated= */ false,
                Optional.of(manifest),
                Optional.empty(),
                /* overwrite= */ false),
            Progress.NONE);
    return Replay.ofRedacted(ManifestCodec.read(manifest));
  }
}
