package io.efface.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.pipeline.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChildTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** A short film is done before the first beat. */
  @Test
  void theLastFramesAreToldOfEachPass() {
    Progress progress = new Child(new PrintStream(said, true, StandardCharsets.UTF_8)).telling();
    progress.started(Path.of("a.mp4"), OptionalLong.of(45));
    progress.advanced(1, 0);
    progress.advanced(45, 2);
    progress.auditing(Path.of("a.mp4"), OptionalLong.of(45));
    progress.advanced(1, 0);
    progress.advanced(44, 0);
    progress.finished();
    assertThat(lines())
        .containsExactly(
            new Reply.Started(OptionalLong.of(45)),
            new Reply.Advanced(0, 1, 0),
            new Reply.Advanced(0, 45, 2),
            new Reply.Auditing(OptionalLong.of(45)),
            new Reply.Advanced(0, 1, 0),
            new Reply.Advanced(0, 44, 0));
  }

  private List<Reply> lines() {
    return said.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> Protocol.reply(line).orElseThrow())
        .toList();
  }
}
