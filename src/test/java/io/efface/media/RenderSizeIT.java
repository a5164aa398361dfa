package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.testing.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A size to be shown at that differs from the coded one: AV1's makes the pixels' shape, VP9's is
 * passed over, as in FFmpeg's own program and players.
 */
final class RenderSizeIT {
  /** One grey picture of 64x36 that is to be shown at 64x48. */
  private static final String AV1 =
      "12000a0a00000002aff19b5f2008320f1002007e005ec000000280000009ac";

  private static final String VP9 =
      "444b4946000020005650393040002400190000000100000001000000000000001f0000000000000000000000"
          + "824983420003f0023801f8017e0038241c184a00003060000013b818000000";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.obu, " + AV1 + ", o.mp4, 3:4",
    "a.obu, " + AV1 + ", o.mkv, 3:4",
    "a.obu, " + AV1 + ", o.webm, 3:4",
    "a.ivf, " + VP9 + ", o.mp4, 1:1",
    "a.ivf, " + VP9 + ", o.webm, 1:1"
  })
  void theOutputIsShownInTheShapeOfTheInput(String name, String hex, String out, String aspect)
      throws IOException {
    Path input = Files.write(folder.resolve(name), HexFormat.of().parseHex(hex));
    Path output = folder.resolve(out);
    Transcode.run(input, output, Transcode.quick(Optional.empty()), false);
    for (Path file : new Path[] {input, output}) {
      Probe probe = Probe.of(file);
      assertThat(probe.video().path("width").asInt()).isEqualTo(64);
      assertThat(probe.video().path("height").asInt()).isEqualTo(36);
      assertThat(probe.ofFrame("sample_aspect_ratio"))
          .as(file.toString())
          .isIn(aspect, told(aspect));
    }
    try (VideoReader reader = VideoReader.open(input, 1)) {
      Rational pixel = reader.next().orElseThrow().sampleAspect();
      assertThat(pixel.isKnown() ? pixel.toDouble() : 1).isEqualTo(aspect.equals("3:4") ? 0.75 : 1);
    }
  }

  /** Square pixels are often not told. */
  private static String told(String aspect) {
    return aspect.equals("1:1") ? "" : aspect;
  }
}
