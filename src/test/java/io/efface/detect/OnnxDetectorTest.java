package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxDetectorTest {
  private static final DetectorOptions OPTIONS =
      new DetectorOptions(160, 0.3, EnumSet.allOf(Label.class), 1);

  @Test
  void aMissingModelIsNamedInOneLine(@TempDir Path folder) {
    assertThatThrownBy(() -> ModelSource.of(folder.resolve("none.onnx").toString()))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("none.onnx' not found")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTextFileIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.onnx"), "not a model at all\n".repeat(50));
    ModelSource source = ModelSource.ofFile(file);
    assertThatThrownBy(() -> OnnxDetector.open(source, OPTIONS))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("model 'notes' cannot be loaded")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTruncatedModelIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    byte[] whole = ModelSource.of(ModelSource.DEFAULT).content();
    Path file = folder.resolve("half.onnx");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    ModelSource source = ModelSource.ofFile(file);
    assertThatThrownBy(() -> OnnxDetector.open(source, OPTIONS))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("model 'half' cannot be loaded")
        .hasMessageNotContaining("\n");
  }

  @Test
  void anUnknownNetworkIsRefusedInOneLine() {
    ModelSource source = new ModelSource("other", "00", new byte[0]);
    Map<String, long[]> inputs = Map.of("input", new long[] {1, 3, 112, 112});
    Map<String, long[]> outputs = Map.of("output", new long[] {1, 512});
    assertThatThrownBy(() -> FamilyRecogniser.recognise(source, inputs, outputs, Map.of()))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("model 'other' is of no kind that Efface knows")
        .hasMessageNotContaining("\n");
  }

  @Test
  void scrfdIsRecognisedByTheShapesOfItsOutputs() {
    Map<String, long[]> outputs = new LinkedHashMap<>();
    for (int k = 0; k < 9; k++) {
      outputs.put("out" + k, new long[] {1, 100, k < 3 ? 1 : k < 6 ? 4 : 10});
    }
    ModelSource source = new ModelSource("s", "00", new byte[0]);
    ModelSpec spec =
        FamilyRecogniser.recognise(
                source, Map.of("images", new long[] {1, 3, 480, 640}), outputs, Map.of())
            .spec();
    assertThat(spec.family()).isEqualTo(ModelFamily.SCRFD);
    assertThat(spec.fixedSize()).contains(new ModelSpec.InputSize(640, 480));
    assertThat(spec.labels()).containsExactly(Label.FACE);
  }

  @Test
  void theScoresThatAFileStatesGoBeforeItsFamilys() {
    ModelSpec own =
        new ModelSpec(
            "m",
            "00",
            ModelFamily.EFFACE,
            "image",
            Optional.empty(),
            List.of(Label.FACE, Label.PLATE),
            Map.of(
                Label.FACE, new OperatingPoint(0.5, 0.2),
                Label.PLATE, new OperatingPoint(0.48, 0.35)));
    ModelSpec stated =
        own.withScores(Map.of("efface.face.start", "0.7", "efface.face.continue", "0.3"));
    assertThat(stated.operatingPoint(Label.FACE).startScore()).isEqualTo(0.7);
    assertThat(stated.operatingPoint(Label.FACE).continueScore()).isEqualTo(0.3);
    assertThat(stated.operatingPoint(Label.PLATE).startScore()).isEqualTo(0.48);
    assertThatThrownBy(
            () -> own.withScores(Map.of("efface.face.start", "0.2", "efface.face.continue", "0.3")))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("model 'm' states scores that cannot be");
  }

  @Test
  void theBundledModelFindsNothingInAGreyPicture() {
    try (OnnxDetector detector = OnnxDetector.open(ModelSource.of(ModelSource.DEFAULT), OPTIONS)) {
      VideoFrame frame =
          VideoFrame.allocate(new PixelLayout(ColourModel.GREY, 0, 0, 8, true), 160, 90);
      assertThat(detector.detect(frame)).isEmpty();
      assertThat(detector.spec().labels()).containsExactly(Label.FACE, Label.PLATE);
      assertThat(detector.spec().fixedSize()).isEmpty();
      for (Label label : Label.values()) {
        OperatingPoint point = detector.spec().operatingPoint(label);
        assertThat(point.startScore()).isGreaterThan(point.continueScore());
      }
    }
  }

  @Test
  void aChainAsksAllItsDetectorsAndClosesThem() {
    Fake first = new Fake(new Detection(Label.FACE, Box.ofSize(0, 0, 5, 5), 0.4));
    Fake second = new Fake(new Detection(Label.PLATE, Box.ofSize(9, 9, 5, 5), 0.8));
    VideoFrame frame =
        VideoFrame.allocate(new PixelLayout(ColourModel.GREY, 0, 0, 8, true), 16, 16);
    try (DetectorChain chain = new DetectorChain(List.of(first, second))) {
      assertThat(chain.detect(frame)).containsExactly(second.detection, first.detection);
    }
    assertThat(List.of(first.closed, second.closed)).containsExactly(true, true);
  }

  private static final class Fake implements Detector {
    private final Detection detection;
    private boolean closed;

    private Fake(Detection detection) {
      this.detection = detection;
    }

    @Override
    public List<Detection> detect(VideoFrame frame) {
      return List.of(detection);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
