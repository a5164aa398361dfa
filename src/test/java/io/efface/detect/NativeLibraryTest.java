package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the detector's native library must not hold. */
class NativeLibraryTest {

  @ParameterizedTest
  @ValueSource(strings = {"linux-x64", "linux-aarch64"})
  void itKnowsNoAddressToReportTo(String platform) throws IOException {
    String library = library("/ai/onnxruntime/native/" + platform + "/libonnxruntime.so");
    assertThat(library).contains("onnxruntime");
    for (String collector : new String[] {"events.data.microsoft", "OneCollector"}) {
      assertThat(library.contains(collector)).as(collector).isFalse();
    }
  }

  private static String library(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OrtEnvironment.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
