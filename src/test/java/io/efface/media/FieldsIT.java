package io.efface.media;

import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.efface.testing.Probe;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a film's header tells of fields and its first picture does not, the header counts. */
final class FieldsIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"tt, tb, 1", "bb, bt, 0"})
  void fieldsThatOnlyTheContainerTellsOfAreKept(String order, String told, String topFirst) {
    Path in = named("in.mkv").codec("utvideo").interlaced(order).frames(5).in(folder);
    Probe before = Probe.of(in);
    assertThat(before.video().path("field_order").asText()).isEqualTo(told);
    assertThat(before.ofFrame("interlaced_frame")).isEqualTo("0");
    Path out = folder.resolve("out.mp4");
    Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ false);
    Probe after = Probe.of(out);
    assertThat(after.frames()).hasSize(5);
    for (JsonNode frame : after.frames()) {
      assertThat(frame.path("interlaced_frame").asText()).isEqualTo("1");
      assertThat(frame.path("top_field_first").asText()).isEqualTo(topFirst);
    }
  }
}
