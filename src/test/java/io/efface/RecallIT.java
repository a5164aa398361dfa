package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.media.Natives;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.redact.Style;
import io.efface.testing.RealFootage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * How many of the faces of a clip with exact truth are destroyed in the finished file. The clip
 * pans and zooms over annotated stills; a face counts as destroyed by the rule of {@link Detail}.
 */
class RecallIT {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int STILLS = 6;
  private static final int FRAMES_A_STILL = 20;
  private static final double LEAST_HEIGHT = 14;
  private static final double LEAST_SEEN = 0.6;

  @TempDir static Path folder;
  private static final List<List<double[]>> TRUTH = new ArrayList<>();
  private static Path clip = Path.of("");

  @BeforeAll
  static void makeClip() throws IOException {
    RealFootage.path("dev/wider_val");
    Natives.loadOpenCv();
    Path raw = folder.resolve("raw.bgr");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(raw))) {
      int still = 0;
      for (Map.Entry<String, List<double[]>> entry : stills().entrySet()) {
        if (still == STILLS) {
          break;
        }
        if (film(still, entry.getKey(), entry.getValue(), out)) {
          still++;
        }
      }
    }
    clip = fromRaw(raw, "bgr24", folder.resolve("clip.mp4"), "14");
  }

  @Test
  void mostFacesAreDestroyed() throws IOException {
    Path output = folder.resolve("redacted.mp4");
    new RedactionPipeline()
        .redact(
            new RedactionJob(
                clip,
                output,
                Jobs.detection(DetectionOptions.DEFAULT_DETECT_SIZE),
                Jobs.render(new Style.Blur()),
                false,
                Optional.empty()),
            Progress.NONE);
    assertThat(destroyed(output)).isGreaterThan(0.85);
  }

  @Test
  void encodingAloneDestroysNothing() throws IOException {
    Path output =
        FfmpegPrograms.make(
            "-i", clip, "-c:v", "libx264", "-crf", "23", folder.resolve("encoded.mp4"));
    assertThat(destroyed(output)).isLessThan(0.05);
  }

  /** The share of faces, over all frames, whose detail is gone from a file. */
  private static double destroyed(Path output) throws IOException {
    byte[] before = grey(clip);
    byte[] after = grey(output);
    assertThat(after).hasSameSizeAs(before);
    int judged = 0;
    int gone = 0;
    for (int f = 0; f < TRUTH.size(); f++) {
      Mat one = frame(before, f);
      Mat other = frame(after, f);
      for (double[] face : TRUTH.get(f)) {
        Rect middle = middle(face);
        if (Math.min(middle.width, middle.height) < 3) {
          continue;
        }
        Optional<Boolean> destroyed = Detail.isDestroyed(one.submat(middle), other.submat(middle));
        if (destroyed.isPresent()) {
          judged++;
          gone += destroyed.get() ? 1 : 0;
        }
      }
      one.release();
      other.release();
    }
    System.out.printf("%s: %d of %d faces destroyed%n", output.getFileName(), gone, judged);
    assertThat(judged).as("faces that can be judged").isGreaterThan(200);
    return (double) gone / judged;
  }

  private static Rect middle(double[] face) {
    int x0 = (int) Math.round(face[0] + face[2] * 0.1);
    int y0 = (int) Math.round(face[1] + face[3] * 0.1);
    int x1 = (int) Math.round(face[0] + face[2] * 0.9);
    int y1 = (int) Math.round(face[1] + face[3] * 0.9);
    return new Rect(x0, y0, x1 - x0, y1 - y0);
  }

  /**
   * Whether detail survived: the picture is brought to 24 x 24 and split into 3 x 3 blocks. A block
   * is destroyed when less than 35 % of its detail (what a Gaussian of sigma 4 takes away) is still
   * there, by regression of one picture's detail on the other's; a smooth fill of the same colour
   * passes and encoding does not. Blocks without detail are not judged; 85 % of the others must be
   * destroyed.
   */
  private static final class Detail {
    private static final int SIDE = 24;
    private static final int BLOCK = 8;

    private Detail() {}

    static Optional<Boolean> isDestroyed(Mat before, Mat after) {
      float[] a = detail(before);
      float[] b = detail(after);
      int judged = 0;
      int gone = 0;
      for (int top = 0; top < SIDE; top += BLOCK) {
        for (int left = 0; left < SIDE; left += BLOCK) {
          double energy = 0;
          double survived = 0;
          for (int y = top; y < top + BLOCK; y++) {
            for (int x = left; x < left + BLOCK; x++) {
              energy += a[y * SIDE + x] * a[y * SIDE + x];
              survived += a[y * SIDE + x] * b[y * SIDE + x];
            }
          }
          if (energy / (BLOCK * BLOCK) > 4) {
            judged++;
            gone += survived / energy < 0.35 ? 1 : 0;
          }
        }
      }
      return judged == 0 ? Optional.empty() : Optional.of(gone >= 0.85 * judged);
    }

    private static float[] detail(Mat picture) {
      Mat values = new Mat();
      picture.convertTo(values, CvType.CV_32F);
      Imgproc.resize(values, values, new Size(SIDE, SIDE), 0, 0, Imgproc.INTER_AREA);
      Mat smooth = new Mat();
      Imgproc.GaussianBlur(values, smooth, new Size(0, 0), 4);
      Core.subtract(values, smooth, values);
      float[] detail = new float[SIDE * SIDE];
      values.get(0, 0, detail);
      values.release();
      smooth.release();
      return detail;
    }
  }

  /** Films a still; says no where none of its faces would be large enough. */
  private static boolean film(int still, String image, List<double[]> faces, OutputStream out)
      throws IOException {
    Mat picture =
        Imgcodecs.imread(RealFootage.path("dev/wider_val/" + image).toAbsolutePath().toString());
    assertThat(picture.empty()).as(image).isFalse();
    double fit = Math.max((double) WIDTH / picture.cols(), (double) HEIGHT / picture.rows());
    double[] target = faces.get(0);
    if (target[3] * fit < 1.5 * LEAST_HEIGHT) {
      return false;
    }
    byte[] bytes = new byte[WIDTH * HEIGHT * 3];
    Mat frame = new Mat();
    for (int f = 0; f < FRAMES_A_STILL; f++) {
      double u = (double) f / (FRAMES_A_STILL - 1);
      double zoom = fit * (still % 2 == 0 ? 1.1 + 0.5 * u : 1.6 - 0.5 * u);
      double x = target[0] + target[2] / 2 + 40 * Math.sin(3 * u + still) / fit;
      double y = target[1] + target[3] / 2 + 20 * Math.cos(2 * u + still) / fit;
      x = Math.max(WIDTH / 2 / zoom, Math.min(picture.cols() - WIDTH / 2 / zoom, x));
      y = Math.max(HEIGHT / 2 / zoom, Math.min(picture.rows() - HEIGHT / 2 / zoom, y));
      double dx = WIDTH / 2.0 - zoom * x;
      double dy = HEIGHT / 2.0 - zoom * y;
      Mat affine = new Mat(2, 3, CvType.CV_64F);
      affine.put(0, 0, zoom, 0, dx, 0, zoom, dy);
      Imgproc.warpAffine(
          picture,
          frame,
          affine,
          new Size(WIDTH, HEIGHT),
          zoom < 1 ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR,
          Core.BORDER_REFLECT);
      affine.release();
      frame.get(0, 0, bytes);
      out.write(bytes);
      TRUTH.add(seen(faces, zoom, dx, dy));
    }
    frame.release();
    picture.release();
    return true;
  }

  /** The faces of a frame that are large enough and not cut off too far: x, y, width, height. */
  private static List<double[]> seen(List<double[]> faces, double zoom, double dx, double dy) {
    List<double[]> seen = new ArrayList<>();
    for (double[] face : faces) {
      double x0 = zoom * face[0] + dx;
      double y0 = zoom * face[1] + dy;
      double w = zoom * face[2];
      double h = zoom * face[3];
      double x1 = Math.min(WIDTH, x0 + w);
      double y1 = Math.min(HEIGHT, y0 + h);
      double left = Math.max(0, x0);
      double top = Math.max(0, y0);
      if (h >= LEAST_HEIGHT
          && x1 > left
          && y1 > top
          && (x1 - left) * (y1 - top) >= LEAST_SEEN * w * h) {
        seen.add(new double[] {left, top, x1 - left, y1 - top});
      }
    }
    return seen;
  }

  /** The faces of each still by its name, largest first: x, y, width, height. */
  private static Map<String, List<double[]>> stills() throws IOException {
    Map<String, List<double[]>> faces = new LinkedHashMap<>();
    for (String line : Files.readAllLines(RealFootage.path("dev/wider_val/gt.csv"))) {
      String[] row = line.split(",", -1);
      if (row[5].equals("face") && row[6].equals("0")) {
        double[] box = new double[4];
        for (int i = 0; i < 4; i++) {
          box[i] = Double.parseDouble(row[i + 1]);
        }
        faces.computeIfAbsent(row[0], name -> new ArrayList<>()).add(box);
      }
    }
    faces.values().forEach(list -> list.sort((a, b) -> Double.compare(b[3], a[3])));
    return faces;
  }

  private static Path fromRaw(Path raw, String pixels, Path to, String crf) {
    return FfmpegPrograms.make(
        "-f",
        "rawvideo",
        "-pix_fmt",
        pixels,
        "-s",
        WIDTH + "x" + HEIGHT,
        "-r",
        "25",
        "-i",
        raw,
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        crf,
        "-pix_fmt",
        "yuv420p",
        to);
  }

  private static byte[] grey(Path video) throws IOException {
    return Files.readAllBytes(
        FfmpegPrograms.make(
            "-i", video, "-f", "rawvideo", "-pix_fmt", "gray", folder.resolve("grey.raw")));
  }

  private static Mat frame(byte[] video, int number) {
    Mat frame = new Mat(HEIGHT, WIDTH, CvType.CV_8U);
    byte[] bytes = new byte[WIDTH * HEIGHT];
    System.arraycopy(video, number * bytes.length, bytes, 0, bytes.length);
    frame.put(0, 0, bytes);
    return frame;
  }
}
