package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportBuilderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "efface-n | efface-n",
        "/home/ann/x.onnx:face | x.onnx:face",
        "C:\\Users\\ann\\x.onnx:face,models/y.onnx | x.onnx:face,y.onnx",
        "D:/ann\\x.onnx, efface-s | x.onnx,efface-s",
      })
  void modelsAreRecordedWithoutTheFoldersOfAnySystem(String asked, String recorded) {
    DetectionOptions detection =
        new DetectionOptions(asked, 640, Set.of(Label.FACE), OptionalDouble.empty());
    assertThat(
            ReportBuilder.options(Optional.of(detection), RenderOptions.defaults())
                .detection()
                .orElseThrow()
                .model())
        .isEqualTo(recorded);
  }
}
