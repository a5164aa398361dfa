package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Detection;
import io.efface.detect.Detector;
import io.efface.manifest.Manifest;
import io.efface.manifest.Manifests;
import io.efface.media.VideoFrame;
import io.efface.report.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputAuditTest {
  @TempDir Path folder;

  @Test
  void whatCannotRunWithoutAManifestSaysSo() throws IOException {
    Path file = Files.write(folder.resolve("a.jpg"), TinyStills.jpeg());
    assertThat(audit(file, Optional.empty(), Optional.empty()).checks())
        .contains(
            Check.skipped(Check.REGIONS, "there is no manifest"),
            Check.skipped(Check.RESIDUE, "there is no manifest"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no footage", "YUV4MPEG2 W64 H64 F25:1 Ip A1:1 C420jpeg\n"})
  void aCheckThatLookedAtNothingHasNotPassed(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("a.y4m"), content);
    OutputAudit.Residue residue = new OutputAudit.Residue(new Idle(), Map.of(), Map.of());
    List<Check> checks =
        new ArrayList<>(audit(file, Optional.empty(), Optional.of(residue)).checks());
    checks.addAll(audit(file, Optional.of(Manifests.small()), Optional.of(residue)).checks());
    assertThat(checks).hasSize(8).noneMatch(Check::passed);
    assertThat(checks)
        .contains(
            Check.skipped(Check.REGIONS, "no frame could be looked at"),
            Check.skipped(Check.RESIDUE, "no frame could be looked at"));
  }

  private static OutputAudit.Result audit(
      Path file, Optional<Manifest> manifest, Optional<OutputAudit.Residue> residue) {
    Reference reference =
        new Reference(
            manifest, Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());
    return new OutputAudit(file, OutputAudit.Level.FULL, reference, residue, 1, () -> {}, () -> {})
        .run();
  }

  /** Finds nothing. */
  private record Idle() implements Detector {
    @Override
    public List<Detection> detect(VideoFrame frame) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
