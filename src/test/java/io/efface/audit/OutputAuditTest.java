package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.report.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputAuditTest {
  @TempDir Path folder;

  @Test
  void whatCannotRunWithoutAManifestSaysSo() throws IOException {
    Path file = Files.write(folder.resolve("a.jpg"), TinyStills.jpeg());
    Reference none =
        new Reference(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());
    OutputAudit audit =
        new OutputAudit(
            file, OutputAudit.Level.FULL, none, Optional.empty(), 1, () -> {}, () -> {});
    assertThat(audit.run().checks())
        .contains(
            Check.skipped(Check.REGIONS, "there is no manifest"),
            Check.skipped(Check.RESIDUE, "there is no manifest"));
  }
}
