package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.testing.TinyModel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs small networks with the inputs and outputs of each family. They answer to red alone, so a
 * wrong order of the channels shows.
 */
final class FamiliesTest {
  private static final int RED = 2;
  private static final int BLUE = 1;

  @Test
  void centerFaceTakesAnySizeWhateverItsFileDeclares() {
    ModelSource source = source(centerFace());
    ModelSpec spec = OnnxDetector.describe(source);
    assertThat(spec.family()).isEqualTo(ModelFamily.CENTERFACE);
    assertThat(spec.fixedSize()).isEmpty();
    assertThat(spec.labels()).containsExactly(Label.FACE);
    // Cell 10, 5 of stride 4; 16 wide and 8 high round its centre, 42, 22.
    assertThat(detect(source, frame(96, 64, RED, Box.ofSize(40, 20, 4, 4))))
        .singleElement()
        .satisfies(
            face -> {
              assertThat(face.label()).isEqualTo(Label.FACE);
              assertThat(face.score()).isCloseTo(1, within(0.02));
              assertThat(face.box()).isEqualTo(new Box(34, 18, 50, 26));
            });
    assertThat(detect(source, frame(96, 64, BLUE, Box.ofSize(40, 20, 4, 4)))).isEmpty();
  }

  @Test
  void rawYoloSeesRedGreenBlueBetweenGreyMargins() {
    ModelSource source = source(rawYolo().metadata("names", "{0: 'Number Plate', 1: 'person'}"));
    ModelSpec spec = OnnxDetector.describe(source);
    assertThat(spec.family()).isEqualTo(ModelFamily.YOLO);
    assertThat(spec.fixedSize()).contains(new ModelSpec.InputSize(64, 64));
    assertThat(spec.labels()).containsExactly(Label.PLATE);
    List<Detection> found = detect(source, frame(64, 48, RED, Box.ofSize(0, 0, 32, 32)));
    assertThat(found).hasSize(3).allMatch(d -> d.label() == Label.PLATE);
    assertThat(found.get(0).score()).isCloseTo(1, within(0.02));
    assertThat(found.get(0).box()).isEqualTo(new Box(4, 6, 16, 10));
    // The lower two cells are one half black picture, one half margin.
    assertThat(found.get(1).score()).isCloseTo(114 / 255.0 / 2, within(0.02));
    assertThat(detect(source, frame(64, 64, BLUE, Box.ofSize(0, 0, 32, 32)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void endToEndYoloGivesAsManyBoxesAsItFinds(int columns) {
    ModelSource source = source(endToEnd(columns)).finding(Label.PLATE);
    assertThat(OnnxDetector.describe(source).family()).isEqualTo(ModelFamily.YOLO_END_TO_END);
    try (OnnxDetector detector = open(source)) {
      assertThat(detector.detect(frame(64, 32, RED, Box.ofSize(32, 0, 32, 32))))
          .containsExactly(new Detection(Label.PLATE, new Box(40, 8, 60, 20), 0.75));
      assertThat(detector.detect(frame(64, 32, RED, Box.ofSize(0, 0, 64, 32)))).hasSize(2);
      assertThat(detector.detect(frame(64, 32, BLUE, Box.ofSize(0, 0, 64, 32)))).isEmpty();
    }
  }

  @Test
  void aYoloWithoutNamesIsRefusedUnlessTheUserSaysWhatItFinds() {
    ModelSource source = source(rawYolo());
    assertThatThrownBy(() -> OnnxDetector.describe(source))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("does not tell what it finds")
        .hasMessageContaining("FILE:plate")
        .hasMessageNotContaining("\n");
    assertThat(OnnxDetector.describe(source.finding(Label.FACE)).labels())
        .containsExactly(Label.FACE);
  }

  @Test
  void aYoloThatFindsOtherThingsIsRefused() {
    ModelSource source = source(rawYolo().metadata("names", "{0: 'person', 1: 'bicycle'}"));
    assertThatThrownBy(() -> OnnxDetector.describe(source))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("finds neither faces nor plates but person, bicycle");
  }

  @Test
  void aYoloThatNamesMoreClassesThanItScoresIsRefused() {
    ModelSource source = source(rawYolo().metadata("names", "['face', 'plate', 'car']"));
    assertThatThrownBy(() -> OnnxDetector.describe(source))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("names 3 classes and scores 2");
  }

  @Test
  void aModelThatTellsItsClassesIsNotToldOthers() {
    ModelSource source = source(centerFace()).finding(Label.PLATE);
    assertThatThrownBy(() -> OnnxDetector.describe(source))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("itself tells what it finds (face): leave ':plate' off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{0: 'License_Plate', 1: 'face'}|PLATE|FACE",
        "{\"0\": \"human face\", \"1\": \"number-plate\"}|FACE|PLATE",
        "['licence', \"Face\"]|PLATE|FACE",
      })
  void namesAreReadAsExportersWriteThem(String names, Label first, Label second) {
    ClassLabels labels = ClassLabels.ofNames(names);
    assertThat(labels.of(0)).contains(first);
    assertThat(labels.of(1)).contains(second);
    assertThat(labels.of(2)).isEmpty();
    assertThat(labels.labels()).containsExactly(Label.FACE, Label.PLATE);
  }

  @Test
  void whatIsNoModelCannotBeFreedOfItsShapes() {
    for (byte[] broken : new byte[][] {{58, 127, 1}, {3}, {8}}) {
      assertThatThrownBy(() -> FreeShapes.of("x", broken, "in"))
          .isInstanceOf(DetectionException.class)
          .hasMessageContaining("'x' is no ONNX file");
    }
  }

  /** As the published file: ten pictures of 32x32 declared, weights among the inputs. */
  private static TinyModel centerFace() {
    float[] red = new float[3 * 16];
    Arrays.fill(red, 0, 16, 1 / 255f / 16);
    float wide = (float) Math.log(4);
    float high = (float) Math.log(2);
    return new TinyModel()
        .input("input.1", 10, 3, 32, 32)
        .input("red", 1, 3, 4, 4)
        .floats("red", new long[] {1, 3, 4, 4}, red)
        .floats("none2", new long[] {2, 3, 4, 4}, new float[2 * 48])
        .floats("none10", new long[] {10, 3, 4, 4}, new float[10 * 48])
        .floats("zero", new long[] {1}, 0)
        .floats("sizes", new long[] {2}, high, wide)
        .floats("zero2", new long[] {2}, 0, 0)
        .floats("zero10", new long[] {10}, new float[10])
        .convolution(4, "input.1 red zero", "537")
        .convolution(4, "input.1 none2 sizes", "538")
        .convolution(4, "input.1 none2 zero2", "539")
        .convolution(4, "input.1 none10 zero10", "540")
        .output("537", 10, 1, 8, 8)
        .output("538", 10, 2, 8, 8)
        .output("539", 10, 2, 8, 8)
        .output("540", 10, 10, 8, 8);
  }

  /** Four cells of 32 pixels, two classes; the first one's score is the cell's redness. */
  private static TinyModel rawYolo() {
    float[] red = new float[2 * 3 * 32 * 32];
    Arrays.fill(red, 0, 32 * 32, 1 / 1024f);
    float[] boxes = new float[4 * 8];
    for (int i = 0; i < 8; i++) {
      boxes[i] = 10 + 32 * (i % 2);
      boxes[8 + i] = 8 + 32 * (i / 2 % 2);
      boxes[16 + i] = 12;
      boxes[24 + i] = 4;
    }
    return new TinyModel()
        .input("images", 1, 3, 64, 64)
        .floats("red", new long[] {2, 3, 32, 32}, red)
        .floats("zero", new long[] {2}, 0, 0)
        .floats("none", new long[] {1, 2, 4}, new float[8])
        .floats("boxes", new long[] {1, 4, 8}, boxes)
        .integers("flat", 1, 2, 4)
        .convolution(32, "images red zero", "cells")
        .node("Reshape", "cells flat", "scores4")
        .along(2, "Concat", "scores4 none", "scores")
        .along(1, "Concat", "boxes scores", "output0")
        .output("output0", 1, 6, 8);
  }

  /** Two halves of 32x32; a box in each that is red enough. */
  private static TinyModel endToEnd(int columns) {
    float[] red = new float[3 * 32 * 32];
    Arrays.fill(red, 0, 32 * 32, 1 / 1024f);
    float[] rows =
        columns == 6
            ? new float[] {4, 8, 24, 20, 0.5f, 0, 40, 8, 60, 20, 0.75f, 0}
            : new float[] {0, 4, 8, 24, 20, 0, 0.5f, 0, 40, 8, 60, 20, 0, 0.75f};
    return new TinyModel()
        .input("images", 1, 3, 32, 64)
        .floats("red", new long[] {1, 3, 32, 32}, red)
        .floats("zero", new long[] {1}, 0)
        .floats("half", new long[] {1}, 0.5f)
        .floats("rows", new long[] {2, columns}, rows)
        .integers("two", 2)
        .convolution(32, "images red zero", "halves")
        .node("Reshape", "halves two", "redness")
        .node("Greater", "redness half", "found")
        .along(0, "Compress", "rows found", "output")
        .output("output", -1, columns);
  }

  private static ModelSource source(TinyModel model) {
    return new ModelSource("tiny", "00", model.bytes());
  }

  private static List<Detection> detect(ModelSource source, VideoFrame frame) {
    try (OnnxDetector detector = open(source)) {
      return detector.detect(frame);
    }
  }

  private static OnnxDetector open(ModelSource source) {
    return OnnxDetector.open(
        source, new DetectorOptions(96, 0.2, EnumSet.allOf(Label.class), /* threads= */ 1));
  }

  /** A black frame with a box of one colour. */
  private static VideoFrame frame(int width, int height, int plane, Box box) {
    VideoFrame frame =
        VideoFrame.allocate(new PixelLayout(ColourModel.GBR, 0, 0, 8, true), width, height);
    Plane colour = frame.planes().get(plane);
    for (int y = (int) box.top(); y < box.bottom(); y++) {
      for (int x = (int) box.left(); x < box.right(); x++) {
        colour.data().put(y * colour.stride() + x, (byte) 255);
      }
    }
    return frame;
  }
}
