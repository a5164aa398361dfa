package io.efface.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.redact.Redactor;
import io.efface.redact.Region;
import io.efface.redact.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Adds up many frames of a moving face under a mosaic, each shifted back by what the face moved,
 * which the attacker is told. Where the cells are read anew in each frame, their edges fall
 * elsewhere on the face each time, and the sum shows what no frame does.
 */
class ManyFramesIT {
  private static final int FACES = 8;
  private static final int FRAMES = 100;
  private static final int CELLS = 6;
  private static final int SIDE_PX = 200;
  private static final int BORDER_PX = (SIDE_PX - Portraits.SIDE_PX) / 2;

  /** How far the face moves to each side, and how far the region is off the face. */
  private static final double MOTION_PX = 10;

  private static final double JITTER_PX = 6;

  /** The part of the face that is under the mosaic in every frame. */
  private static final Box JUDGED = Box.around(75, 75, 56, 56);

  private static final double[] SMOOTHINGS_PX = {0, 2, 4, 6, 8, 10};

  @TempDir static Path scratch;

  private static double oneFrame;
  private static double frozen;
  private static double oneFresh;
  private static double fresh;

  /** The redacted frames of a face, and where the face and the region are in them. */
  private record Film(List<Mat> frames, List<Box> faces, List<Box> regions) {}

  @BeforeAll
  static void attack() throws IOException {
    Loader.load(opencv_java.class);
    Portraits portraits = new Portraits(scratch);
    for (int person = 0; person < FACES; person++) {
      Mat face =
          Imgcodecs.imread(portraits.picture(person, 0).toString(), Imgcodecs.IMREAD_GRAYSCALE);
      Film still = film(face, person, true);
      oneFrame += likeness(sum(still, 1), face) / FACES;
      frozen += likeness(sum(still, FRAMES), face) / FACES;
      Film moving = film(face, person, false);
      oneFresh += likeness(sum(moving, 1), face) / FACES;
      fresh += likeness(sum(moving, FRAMES), face) / FACES;
    }
    AttackTable.write(
        "Many frames",
        List.of(
            FACES
                + " moving faces under `mosaic:6`; correlation of the face's luma with what is made"
                + " of the frames.",
            "",
            "| cells | one frame | " + FRAMES + " frames added |",
            "|---|---|---|",
            row("read once in a track's life, as the program does", oneFrame, frozen),
            row("read anew in each frame", oneFresh, fresh)));
  }

  private static String row(String name, double one, double all) {
    return String.format(Locale.ROOT, "| %s | %.3f | %.3f |", name, one, all);
  }

  @Test
  void manyFramesTellNoMoreThanOne() {
    assertThat(frozen).isLessThan(oneFrame + 0.01);
  }

  @Test
  void cellsReadAnewAddUp() {
    assertThat(fresh).isGreaterThan(oneFresh + 0.05);
  }

  @Test
  void everyFrameHoldsTheFirstOnesColours() throws IOException {
    Mat face =
        Imgcodecs.imread(
            new Portraits(scratch).picture(0, 0).toString(), Imgcodecs.IMREAD_GRAYSCALE);
    Film film = film(face, 0, true);
    List<Integer> first = cells(film, 0);
    for (int frame = 1; frame < FRAMES; frame++) {
      assertThat(cells(film, frame)).isEqualTo(first);
    }
    assertThat(cells(film(face, 0, false), 1)).isNotEqualTo(first);
  }

  /** The values in the middles of the cells, as far as these lie in the ellipse. */
  private static List<Integer> cells(Film film, int frame) {
    Box box = film.regions().get(frame);
    List<Integer> values = new ArrayList<>();
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        double x = box.left() + (column + 0.5) * box.width() / CELLS;
        double y = box.top() + (row + 0.5) * box.height() / CELLS;
        if (Portraits.inside(box, x, y)) {
          values.add((int) film.frames().get(frame).get((int) y, (int) x)[0]);
        }
      }
    }
    return values;
  }

  /**
   * A face that moves by parts of a pixel, redacted.
   *
   * @param oneTrack whether all frames are of one track; otherwise each is a track's first
   */
  private static Film film(Mat face, long seed, boolean oneTrack) {
    Random random = new Random(seed);
    Film film = new Film(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    PixelLayout layout = new PixelLayout(ColourModel.GREY, 0, 0, 8, true);
    VideoFrame frame = VideoFrame.allocate(layout, SIDE_PX, SIDE_PX);
    Style style = new Style.Mosaic(CELLS);
    try (Redactor redactor = new Redactor(1, seed)) {
      for (int i = 0; i < FRAMES; i++) {
        double x = BORDER_PX + MOTION_PX * Math.sin(i * 0.37);
        double y = BORDER_PX + MOTION_PX * Math.sin(i * 0.23 + 1);
        Box region =
            Portraits.region(1, style).box().translate(x + jitter(random), y + jitter(random));
        write(shifted(face, x, y, SIDE_PX), frame);
        int track = oneTrack ? 1 : 1 + i;
        redactor.redact(frame, List.of(new Region(track, style, Region.Shape.ELLIPSE, region)));
        film.frames().add(read(frame));
        film.faces().add(Box.ofSize(x, y, Portraits.SIDE_PX, Portraits.SIDE_PX));
        film.regions().add(region);
      }
    }
    return film;
  }

  private static double jitter(Random random) {
    return JITTER_PX * (2 * random.nextDouble() - 1);
  }

  private static Mat shifted(Mat picture, double x, double y, int side) {
    Mat motion = new Mat(2, 3, CvType.CV_64F);
    motion.put(0, 0, 1, 0, x, 0, 1, y);
    Mat to = new Mat();
    Imgproc.warpAffine(
        picture, to, motion, new Size(side, side), Imgproc.INTER_CUBIC, Core.BORDER_REPLICATE);
    return to;
  }

  private static void write(Mat grey, VideoFrame frame) {
    Plane plane = frame.planes().get(0);
    byte[] row = new byte[plane.width()];
    for (int y = 0; y < plane.height(); y++) {
      grey.get(y, 0, row);
      plane.data().put(y * plane.stride(), row);
    }
  }

  private static Mat read(VideoFrame frame) {
    Plane plane = frame.planes().get(0);
    Mat grey = new Mat(plane.height(), plane.width(), CvType.CV_8U);
    byte[] row = new byte[plane.width()];
    for (int y = 0; y < plane.height(); y++) {
      plane.data().get(y * plane.stride(), row);
      grey.put(y, 0, row);
    }
    return grey;
  }

  /** The mean of the first frames, each moved to where the face is in a portrait. */
  private static Mat sum(Film film, int frames) {
    Mat sum = Mat.zeros(Portraits.SIDE_PX, Portraits.SIDE_PX, CvType.CV_32F);
    for (int i = 0; i < frames; i++) {
      Box face = film.faces().get(i);
      Mat back = new Mat();
      film.frames().get(i).convertTo(back, CvType.CV_32F, 1.0 / frames);
      Core.add(sum, shifted(back, -face.left(), -face.top(), Portraits.SIDE_PX), sum);
    }
    return sum;
  }

  /** The correlation with the face, of whatever smoothing of the estimate is most like it. */
  private static double likeness(Mat estimate, Mat face) {
    Mat truth = new Mat();
    face.convertTo(truth, CvType.CV_32F);
    double best = 0;
    for (double sigma : SMOOTHINGS_PX) {
      Mat smooth = estimate.clone();
      if (sigma > 0) {
        Imgproc.GaussianBlur(estimate, smooth, new Size(0, 0), sigma);
      }
      best = Math.max(best, correlation(smooth, truth));
    }
    return best;
  }

  private static double correlation(Mat a, Mat b) {
    Mat result = new Mat();
    Imgproc.matchTemplate(
        OtherTools.part(a, JUDGED), OtherTools.part(b, JUDGED), result, Imgproc.TM_CCOEFF_NORMED);
    return result.get(0, 0)[0];
  }
}
