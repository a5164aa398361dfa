package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.report.Check;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyCommandTest {
  private static final String UNSEEN =
      "out.mp4: nothing looked at what its pictures show; faces and plates may be in them";

  private final FakeRunner runner = new FakeRunner();

  @Test
  void whereNothingLookedAtThePicturesAPersonHasTo() throws IOException {
    runner.checks =
        List.of(
            Check.ran(Check.CONTAINER, true, ""),
            Check.ran(Check.FRAMES, true, "1 frame decoded"),
            Check.skipped(Check.REGIONS, "there is no manifest"),
            Check.skipped(Check.RESIDUE, "the model is not at hand"));
    Run run = Run.of(runner, "verify", "out.mp4");
    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.out())
        .isEqualTo(
            """
            out.mp4: container passed
            out.mp4: frames passed (1 frame decoded)
            out.mp4: regions did not run (there is no manifest)
            out.mp4: residue did not run (the model is not at hand)
            """);
    assertThat(run.err()).isEqualTo("efface: " + UNSEEN + "\n");
    JsonNode json =
        new ObjectMapper().readTree(Run.of(runner, "verify", "out.mp4", "--json").out());
    assertThat(json.get("status").asText()).isEqualTo("attention");
    assertThat(json.at("/attention/0").asText()).isEqualTo(UNSEEN);
  }

  @Test
  void oneLookAtThePicturesIsEnough() {
    for (String name : List.of(Check.REGIONS, Check.RESIDUE)) {
      runner.checks = List.of(Check.ran(name, true, ""));
      Run run = Run.of(runner, "verify", "out.mp4");
      assertThat(run.exit()).isZero();
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void aStyleIsComparedWithTheOriginalOnly() {
    assertThat(Run.of(runner, "verify", "out.mp4", "--against", "m", "--style", "solid").err())
        .startsWith("efface: --style is compared by the original's regions; name --original IN");
  }
}
