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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** A face that crosses the picture so fast that it is not near where the last look saw it. */
class RunnersIT {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int FACE_PX = 40;

  /** What a redaction adds on each side at least. */
  private static final double MARGIN = 0.2;

  private static final int FROM_LEFT = 15;
  private static final int PAUSE = 8;
  private static final int TOP = 300;

  @TempDir Path folder;

  /** Up to more than the face's height a frame; three frames lie between two looks. */
  @ParameterizedTest
  @CsvSource({"20, false", "45, false", "45, true"})
  void whoRunsByIsCoveredInEveryFrame(int stepPx, boolean storedTurned) throws IOException {
    Natives.loadOpenCv();
    Path wider = RealFootage.path("dev/wider_val");
    try (Staged portrait = Staged.real(wider, "0098.webp", 342, 171.5);
        Staged runner = portrait.scaled(FACE_PX / portrait.face().height())) {
      Run run = Run.of(stepPx, runner.picture().cols());
      Replay covered = covered(film(runner.picture(), run, storedTurned));
      int judged = 0;
      for (int f = 0; f < run.frames(); f++) {
        double left = run.left(f);
        Box face = runner.face().translate(left, TOP);
        Box seen = face.clip(WIDTH, HEIGHT);
        if (seen.area() >= 0.6 * face.area()) {
          judged++;
          Box core = seen.grow(-0.1 * seen.width(), -0.1 * seen.height());
          double share =
              covered.objects(f).stream()
                  .map(one -> one.point().box())
                  .map(box -> box.grow(MARGIN * box.width(), MARGIN * box.height()))
                  .mapToDouble(box -> box.intersect(core).area() / core.area())
                  .max()
                  .orElse(0);
          assertThat(share).as("covered in frame %d", f).isGreaterThan(0.95);
        }
      }
      assertThat(judged).as("frames that show the face").isGreaterThan(2 * WIDTH / stepPx - 6);
    }
  }

  /**
   * Once from the left and once from the right.
   *
   * @param stepPx pixels a frame
   * @param width of the runner's picture
   * @param fromRight the frame from which on the runner comes from the right
   * @param frames of the film
   */
  private record Run(int stepPx, int width, int fromRight, int frames) {
    static Run of(int stepPx, int width) {
      int cross = (WIDTH + width) / stepPx + 1;
      int fromRight = FROM_LEFT + cross + PAUSE;
      return new Run(stepPx, width, fromRight, fromRight + cross + PAUSE);
    }

    /** Where the runner's picture begins. */
    double left(int frame) {
      return frame < fromRight
          ? -width + stepPx * (frame - FROM_LEFT)
          : WIDTH - stepPx * (frame - fromRight);
    }

    /** The same for FFmpeg's overlay. */
    String expression() {
      return String.format(
          Locale.ROOT,
          "if(lt(25*t,%d-0.5),-w+%d*(25*t-%d),W-%d*(25*t-%d))",
          fromRight,
          stepPx,
          FROM_LEFT,
          stepPx,
          fromRight);
    }
  }

  /** The film, upright or as a camera on its side stores it. */
  private Path film(Mat runner, Run run, boolean storedTurned) {
    Path street = folder.resolve("street.png");
    Path person = folder.resolve("person.png");
    Mat picture = Imgcodecs.imread(RealFootage.path("dev/plates_world/0001.webp").toString());
    Imgproc.resize(picture, picture, new Size(WIDTH, HEIGHT));
    Imgcodecs.imwrite(street.toString(), picture);
    Imgcodecs.imwrite(person.toString(), runner);
    picture.release();
    Path stored = folder.resolve("stored.mp4");
    FfmpegPrograms.make(
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
        "overlay=x='" + run.expression() + "':y=" + TOP + (storedTurned ? ",transpose=1" : ""),
        "-frames:v",
        run.frames(),
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "16",
        "-pix_fmt",
        "yuv420p",
        stored);
    return storedTurned
        ? FfmpegPrograms.make(
            "-display_rotation", "90", "-i", stored, "-c", "copy", folder.resolve("turned.mp4"))
        : stored;
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
