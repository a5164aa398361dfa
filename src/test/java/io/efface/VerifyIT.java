package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding;
import io.efface.detect.Label;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.VerifyJob;
import io.efface.report.Check;
import io.efface.report.Residual;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyIT {
  /** A file that was never redacted must not pass for one because nobody tells what was found. */
  @Test
  void facesAreSeenWithoutAManifest() {
    Outcome.Verified verified =
        new RedactionPipeline()
            .verify(VerifyJob.of(RealFootage.files("dev/wider_val").get(0)), Progress.NONE);
    assertThat(verified.residuals()).extracting(Residual::label).contains(Label.FACE);
    assertThat(verified.checks())
        .filteredOn(check -> check.name().equals(Check.RESIDUE))
        .containsExactly(Check.ran(Check.RESIDUE, false, "looked at 1 of 1 frame"));
  }

  /**
   * What stands beside a report was an output once, so that it has faults and is no wrong input.
   */
  @Test
  void aRedactionThatCannotBeOpenedAnyMoreHasFaults(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp4"), "overwritten");
    Files.writeString(folder.resolve("a.mp4.report.json"), "{}");
    Outcome.Verified verified = new RedactionPipeline().verify(VerifyJob.of(file), Progress.NONE);
    assertThat(verified.findings()).extracting(Finding::kind).contains(Finding.Kind.REPORT);
  }
}
