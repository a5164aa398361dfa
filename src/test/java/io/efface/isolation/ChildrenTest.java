package io.efface.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.AuditException;
import io.efface.batch.Failure;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.StagedJob;
import io.efface.pipeline.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChildrenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingThatAChildSaysStopsABatch(Failure.Kind kind) throws IOException {
    Path film = Files.writeString(folder.resolve("film.mp4"), "film");
    RedactionJob job = Jobs.redaction(film, folder.resolve("a.mp4"), 128);
    try (Staging staging = Staging.in(folder);
        StagedJob staged = staging.stage(job)) {
      RuntimeException failure =
          Children.failure(job, staged, new Reply.Failed(kind, "interrupted"));
      assertThat(failure)
          .isInstanceOf(
              switch (kind) {
                case FAILED, INTERRUPTED -> JobException.class;
                case AUDIT_FAILED -> AuditException.class;
                case INTERNAL -> IllegalStateException.class;
              });
      assertThat(Failure.of(film, failure).kind()).isNotEqualTo(Failure.Kind.INTERRUPTED);
    }
  }
}
