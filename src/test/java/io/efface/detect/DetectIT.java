package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks on real pictures with ground truth. */
final class DetectIT {
  private static final Path DATA = Path.of(System.getProperty("efface.data", "../shared/data"));
  private static final Path WIDER = DATA.resolve("dev/wider_val");
  private static final Path PLATES = DATA.resolve("dev/plates_world");
  private static final int IMAGES = 20;

  @BeforeAll
  static void needsFootage() {
    assumeTrue(!Boolean.getBoolean("efface.noRealFootage"), "no real footage here");
  }

  /** Recall of faces from 20 px up, at IoU 0.5 and the score that continues a track. */
  @ParameterizedTest
  @CsvSource({
    "efface-n, 0.825",
    "efface-s, 0.825",
    "yunet_n_dynamic, 0.855",
    "yunet_s_640_640, 0.805",
    "scrfd_500m_kps, 0.75",
    "scrfd_2.5g_kps, 0.765"
  })
  void findsMostFaces(String model, double leastRecall) throws IOException {
    int faces = 0;
    int found = 0;
    try (OnnxDetector detector = open(model, 1280, 0.1)) {
      double least = detector.spec().operatingPoint(Label.FACE).continueScore();
      for (String image : images(WIDER, IMAGES)) {
        List<Detection> detections = detector.detect(Stills.read(WIDER.resolve(image)));
        for (Box face : truth(WIDER, image, 20)) {
          faces++;
          if (detections.stream().anyMatch(d -> d.score() >= least && d.box().iou(face) >= 0.5)) {
            found++;
          }
        }
      }
    }
    assertThat(faces).isGreaterThan(50);
    assertThat((double) found / faces).as("recall of %s faces", faces).isGreaterThan(leastRecall);
  }

  /**
   * Recall of plates that are 10 px high at least, at IoU 0.4 and the continuing score; 44 of 62
   * were found. The network knows Chinese plates, the pictures show all countries'.
   */
  @Test
  void hyperLprFindsMostPlates() throws IOException {
    int plates = 0;
    int found = 0;
    try (OnnxDetector detector = open("hyperlpr_y5fu_640", 1280, 0.1)) {
      assertThat(detector.spec().family()).isEqualTo(ModelFamily.HYPERLPR);
      double least = detector.spec().operatingPoint(Label.PLATE).continueScore();
      for (String image : images(PLATES, 3 * IMAGES)) {
        List<Detection> detections = detector.detect(Stills.read(PLATES.resolve(image)));
        for (Box plate : truth(PLATES, image, 10)) {
          plates++;
          if (detections.stream().anyMatch(d -> d.score() >= least && d.box().iou(plate) >= 0.4)) {
            found++;
          }
        }
      }
    }
    assertThat(plates).isGreaterThan(40);
    assertThat((double) found / plates).as("recall of %s plates", plates).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void seesEveryOrientationUpright(Orientation orientation) throws IOException {
    VideoFrame upright = Stills.read(WIDER.resolve(images(WIDER, IMAGES).get(0)));
    try (OnnxDetector detector = open("yunet_n_dynamic", 640, 0.6)) {
      List<Detection> expected = detector.detect(upright);
      assertThat(expected).isNotEmpty();
      List<Detection> actual = detector.detect(turned(upright, orientation));
      assertThat(actual).hasSameSizeAs(expected);
      for (Detection one : expected) {
        assertThat(actual)
            .anySatisfy(
                other -> {
                  assertThat(other.box().iou(one.box())).isGreaterThan(0.9);
                  assertThat(other.score()).isCloseTo(one.score(), within(0.05));
                });
      }
    }
  }

  @Test
  void aMirroredLookFindsTheSameFacesInTheirPlaces() throws IOException {
    VideoFrame frame = Stills.read(WIDER.resolve(images(WIDER, IMAGES).get(0)));
    try (OnnxDetector detector = open("yunet_n_dynamic", 640, 0.6)) {
      List<Detection> expected = detector.detect(frame);
      assertThat(expected).isNotEmpty();
      List<Detection> mirrored = detector.detect(frame, Orientation.FLIPPED_HORIZONTALLY);
      for (Detection one : expected) {
        assertThat(mirrored)
            .anySatisfy(other -> assertThat(other.box().iou(one.box())).isGreaterThan(0.7));
      }
      assertThat(mirrored).isNotEqualTo(expected);
    }
  }

  @Test
  void aModelOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> open("face_embedding_512", 640, 0.3).close())
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("is of no kind that Efface knows");
  }

  @Test
  void aModelWithoutTheClassAskedForIsRefused() {
    ModelSource source = source("yunet_n_dynamic");
    DetectorOptions plates = new DetectorOptions(640, 0.3, EnumSet.of(Label.PLATE), 1);
    assertThatThrownBy(() -> OnnxDetector.open(source, plates).close())
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("finds only face");
  }

  @Test
  void aThousandFramesKeepNativeMemoryFlat() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    assumeTrue(Files.isReadable(statm), "resident memory is read from /proc");
    VideoFrame frame = Stills.read(WIDER.resolve(images(WIDER, IMAGES).get(0)));
    try (OnnxDetector detector = open("efface-n", 256, 0.3)) {
      for (int i = 0; i < 300; i++) {
        detector.detect(frame);
      }
      long before = residentBytes(statm);
      for (int i = 0; i < 1000; i++) {
        detector.detect(frame);
      }
      // The heap may still grow by its young generation; a leaked tensor a frame would be 700 MB.
      assertThat(residentBytes(statm) - before).isLessThan(100L << 20);
    }
  }

  private static long residentBytes(Path statm) throws IOException {
    System.gc();
    return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
  }

  private static OnnxDetector open(String model, int side, double minScore) {
    return OnnxDetector.open(
        source(model), new DetectorOptions(side, minScore, EnumSet.allOf(Label.class), 2));
  }

  private static ModelSource source(String model) {
    return ModelSource.bundled().contains(model)
        ? ModelSource.of(model)
        : ModelSource.ofFile(DATA.resolve("../models/" + model + ".onnx"));
  }

  static List<String> images(Path set, int images) throws IOException {
    return rows(set).stream().map(r -> r[0]).distinct().limit(images).toList();
  }

  static List<Box> truth(Path set, String image, double leastHeight) throws IOException {
    return rows(set).stream()
        .filter(
            r -> r[0].equals(image) && r[6].equals("0") && Double.parseDouble(r[4]) >= leastHeight)
        .map(
            r ->
                Box.ofSize(
                    Double.parseDouble(r[1]),
                    Double.parseDouble(r[2]),
                    Double.parseDouble(r[3]),
                    Double.parseDouble(r[4])))
        .toList();
  }

  private static List<String[]> rows(Path set) throws IOException {
    return Files.readAllLines(set.resolve("gt.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  /** The frame as a camera held that way would have stored it. */
  private static VideoFrame turned(VideoFrame upright, Orientation orientation) {
    int width = orientation.uprightWidth(upright.width(), upright.height());
    int height = orientation.uprightHeight(upright.width(), upright.height());
    VideoFrame stored =
        VideoFrame.allocate(new PixelLayout(ColourModel.GBR, 0, 0, 8, true), width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Box at = orientation.toUpright(Box.ofSize(x, y, 1, 1), width, height);
        for (int i = 0; i < 3; i++) {
          Plane from = upright.planes().get(i);
          Plane to = stored.planes().get(i);
          byte value = from.data().get(((int) at.top()) * from.stride() + ((int) at.left()));
          to.data().put(y * to.stride() + x, value);
        }
      }
    }
    return new VideoFrame(
        0,
        0,
        1,
        stored.timeBase(),
        width,
        height,
        stored.sampleAspect(),
        orientation,
        stored.layout(),
        stored.planes(),
        false);
  }
}
