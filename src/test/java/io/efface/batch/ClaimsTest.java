package io.efface.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {

  @ParameterizedTest
  @CsvSource({
    "out/a.mp4 out/a.mp4,two outputs",
    "out/a.mp4 out/x/../A.MP4,two outputs",
    "out/\u00e9.mp4 out/e\u0301.mp4,two outputs",
    "out/a.mp4 out/a.mp4/b.mp4,also be a folder",
    "out/a.mp4 IN/a.mp4,also an input",
  })
  void whatStandsInTheWayIsFound(String outputs, String fault) {
    assertThat(Claims.fault(List.of(Path.of("in/a.mp4")), paths(outputs)))
        .hasValueSatisfying(found -> assertThat(found).contains(fault));
  }

  @Test
  void othersAreFree() {
    assertThat(Claims.fault(List.of(Path.of("in/a.mp4")), paths("out/a.mp4 out/b/a.mp4")))
        .isEmpty();
  }

  private static List<Path> paths(String words) {
    return Arrays.stream(words.split(" ")).map(Path::of).toList();
  }
}
