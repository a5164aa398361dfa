package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.testing.Python;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The training programs work, and the shipped models are what they make of the kept weights. */
class TrainingIT {
  private static final Path MODELS = Path.of("models");
  private static final Path TRAINING = MODELS.resolve("training");

  @TempDir private Path folder;

  @Test
  void aShortRunTrainsResumesGrowsAndExports() {
    assertThat(Python.run(TRAINING.resolve("selftest.py"))).endsWith("selftest passed\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"efface-n", "efface-s", "efface-refiner"})
  void aShippedModelIsTheExportOfItsWeights(String name) throws IOException {
    Path exported = folder.resolve(name + ".onnx");
    Python.run(
        TRAINING.resolve("export.py"),
        TRAINING.resolve("checkpoints").resolve(name + ".pt"),
        exported);
    assertThat(exported).hasSameBinaryContentAs(MODELS.resolve(name + ".onnx"));
  }
}
