package io.efface.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.media.EncoderSettings;
import io.efface.media.ImageFormat;
import io.efface.media.ImageWriter;
import io.efface.media.Natives;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import io.efface.pipeline.RenderOptions;
import io.efface.redact.Redactor;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Tries to read redacted plates, real ones and drawn ones, by text recognition that knows where the
 * plate is. What it reads of the plate as it was is what is sought afterwards.
 */
class PlateTextIT {
  private static final int DRAWN = 20;
  private static final double MIN_WIDTH_PX = 100;

  /** Plates of two lines are not read by what reads one. */
  private static final double MIN_ASPECT = 2;

  private static final double CONFIDENT = 0.8;
  private static final int MIN_SIGNS = 4;

  /** So many signs in a row make two texts alike. */
  private static final int ALIKE = 3;

  private static final String GAUSSIAN = "Gaussian, kernel a third of the plate's height";

  @TempDir static Path scratch;

  private static final List<Plate> PLATES = new ArrayList<>();
  private static final List<String> CLEAN = new ArrayList<>();
  private static final Map<String, Score> SCORES = new LinkedHashMap<>();
  private static int shown;
  private static int drawnRight;

  /** A picture, where its plate is, and what stands on it where that is known. */
  private record Plate(Path picture, Box box, Optional<String> text) {}

  /** How many plates were read, at least in part, and how many luck explains. */
  private record Score(int read, int luck) {}

  /** What is looked at of a picture that the program wrote. */
  private interface Look {
    Mat at(Mat picture, Box plate);
  }

  @BeforeAll
  static void attack() throws IOException, OrtException {
    Natives.loadOpenCv();
    List<Plate> found = new ArrayList<>(real());
    found.addAll(drawn());
    shown = found.size();
    try (PlateReader reader = new PlateReader()) {
      for (Plate plate : found) {
        PlateReader.Line line = reader.read(crop(written(plate, Optional.empty()), plate.box()));
        drawnRight += plate.text().filter(line.text()::equals).isPresent() ? 1 : 0;
        if (line.confidence() >= CONFIDENT && line.text().length() >= MIN_SIGNS) {
          PLATES.add(plate);
          CLEAN.add(line.text());
        }
      }
      attack(reader, "`blur`", Optional.of(new Style.Blur()), PlateTextIT::crop);
      attack(reader, "`solid`", Optional.of(new Style.Solid(0, 0, 0)), PlateTextIT::crop);
      attack(reader, "`mosaic:6`", Optional.of(new Style.Mosaic(6)), PlateTextIT::crop);
      attack(reader, GAUSSIAN, Optional.empty(), PlateTextIT::blurred);
    }
    write();
  }

  private static void attack(PlateReader reader, String name, Optional<Style> style, Look look)
      throws OrtException {
    List<String> texts = new ArrayList<>();
    for (Plate plate : PLATES) {
      texts.add(reader.read(look.at(written(plate, style), plate.box())).text());
    }
    int read = 0;
    int others = 0;
    int pairs = 0;
    for (int i = 0; i < texts.size(); i++) {
      read += alike(texts.get(i), CLEAN.get(i)) ? 1 : 0;
      for (int j = 0; j < texts.size(); j++) {
        if (!alike(CLEAN.get(i), CLEAN.get(j))) {
          others += alike(texts.get(i), CLEAN.get(j)) ? 1 : 0;
          pairs++;
        }
      }
    }
    SCORES.put(
        name, new Score(read, Matching.mostByLuck(texts.size(), (double) others / pairs, 0.025)));
  }

  private static boolean alike(String a, String b) {
    return PlateReader.inCommon(a, b) >= ALIKE;
  }

  private static void write() throws IOException {
    List<String> table = new ArrayList<>();
    table.add(
        String.format(
            Locale.ROOT,
            "%d of %d plates are read as they are (%d of %d drawn ones without a fault); of these:%n",
            PLATES.size(),
            shown,
            drawnRight,
            DRAWN));
    table.add("| plate hidden by | %d signs in a row read | by luck at most |".formatted(ALIKE));
    table.add("|---|---|---|");
    SCORES.forEach(
        (name, score) -> table.add("| %s | %d | %d |".formatted(name, score.read(), score.luck())));
    AttackTable.write("Plates", table);
  }

  @Test
  void platesAreReadAsTheyAre() {
    assertThat(drawnRight).isGreaterThanOrEqualTo(DRAWN * 3 / 4);
    assertThat(PLATES.size()).isGreaterThan(shown * 2 / 3);
  }

  @Test
  void nothingIsReadAfterBlurAndSolid() {
    for (String name : List.of("`blur`", "`solid`")) {
      Score score = score(name);
      assertThat(score.read()).as(name).isLessThanOrEqualTo(score.luck());
    }
  }

  @Test
  void aGaussianIsRead() {
    assertThat(score(GAUSSIAN).read()).isGreaterThan(PLATES.size() / 2);
  }

  private static Score score(String name) {
    return Optional.ofNullable(SCORES.get(name)).orElseThrow();
  }

  /** The picture as the program writes it. */
  private static Mat written(Plate plate, Optional<Style> style) {
    Path file = scratch.resolve("seen.jpg");
    try (VideoReader reader = VideoReader.open(plate.picture(), 1);
        Redactor redactor = new Redactor(1, plate.hashCode())) {
      assertThat(reader.next()).isPresent();
      VideoFrame frame = reader.decoder().makeWritable();
      style.ifPresent(
          chosen -> {
            RegionPlanner planner =
                new RegionPlanner(
                    RenderOptions.DEFAULT_MARGIN,
                    Map.of(Label.FACE, chosen, Label.PLATE, chosen),
                    frame.width(),
                    frame.height());
            redactor.redact(frame, List.of(planner.plan(1, Label.PLATE, plate.box())));
          });
      new ImageWriter(file, ImageFormat.JPEG, EncoderSettings.DEFAULT_QUALITY).write(frame);
    }
    return Imgcodecs.imread(file.toString());
  }

  private static Mat crop(Mat picture, Box plate) {
    return OtherTools.part(picture, plate);
  }

  /** The plate under a Gaussian that is the same along both axes. */
  private static Mat blurred(Mat picture, Box plate) {
    int height = (int) OtherTools.area(plate).height();
    OtherTools.Filter filter = OtherTools.blur(length -> OtherTools.gaussian(height));
    return crop(OtherTools.hide(picture, plate, filter), plate);
  }

  private static List<Plate> real() throws IOException {
    List<Plate> plates = new ArrayList<>();
    Path folder = RealFootage.path("dev/plates_world");
    Path list =
        RealFootage.files("dev/plates_world").stream()
            .filter(file -> file.toString().endsWith(".csv"))
            .findFirst()
            .orElseThrow();
    for (String line : Files.readAllLines(list)) {
      String[] columns = line.split(",", -1);
      if (columns[5].equals("plate") && columns[6].equals("0")) {
        Box box =
            Box.ofSize(
                Double.parseDouble(columns[1]),
                Double.parseDouble(columns[2]),
                Double.parseDouble(columns[3]),
                Double.parseDouble(columns[4]));
        if (box.width() >= MIN_WIDTH_PX && box.width() > MIN_ASPECT * box.height()) {
          plates.add(new Plate(folder.resolve(columns[0]), box, Optional.empty()));
        }
      }
    }
    return plates;
  }

  /** Dark signs on a light plate before noise, in strokes that need no font of the system's. */
  private static List<Plate> drawn() {
    List<Plate> plates = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < DRAWN; i++) {
      StringBuilder text = new StringBuilder();
      for (int sign = 0; sign < 7; sign++) {
        // None that look alike.
        String signs = sign < 3 ? "ACEFHJKLMNPRTUVWXY" : "2346789";
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      Mat picture = new Mat(240, 420, CvType.CV_8UC3);
      Core.setRNGSeed(i);
      Core.randn(picture, 110, 25);
      Box box = Box.ofSize(80 + random.nextInt(40), 80 + random.nextInt(40), 210, 50);
      OtherTools.part(picture, box).setTo(new Scalar(225, 232, 235));
      Imgproc.putText(
          picture,
          text.toString(),
          new Point(box.left() + 12, box.bottom() - 13),
          Imgproc.FONT_HERSHEY_DUPLEX,
          1.2,
          new Scalar(30, 25, 25),
          3,
          Imgproc.LINE_AA);
      Path file = scratch.resolve("drawn" + i + ".png");
      Imgcodecs.imwrite(file.toString(), picture);
      plates.add(new Plate(file, box, Optional.of(text.toString())));
    }
    return plates;
  }
}
