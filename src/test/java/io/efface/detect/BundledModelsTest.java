package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BundledModelsTest {

  @Test
  void theListHoldsEveryModelOfTheFolderWithItsHash() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("models"))) {
      List<Path> models = files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
      assertThat(models).isNotEmpty();
      assertThat(BundledModels.HASHES)
          .as("run 'sha256sum *.onnx > SHA256SUMS' in models")
          .hasSize(models.size());
      for (Path file : models) {
        ModelSource model = ModelSource.ofFile(file);
        assertThat(BundledModels.HASHES)
            .as("run 'sha256sum *.onnx > SHA256SUMS' in models")
            .containsEntry(model.name(), model.sha256());
      }
    }
    assertThat(ModelSource.bundled()).contains(ModelSource.DEFAULT);
  }
}
