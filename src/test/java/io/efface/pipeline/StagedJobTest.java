package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process that lies, played by the test: it can do what it likes in the staging folder. */
class StagedJobTest {
  @TempDir Path given;
  private Path folder;
  private Path originals;
  private Path out;
  private RedactionJob job;
  private Staging staging;

  @BeforeEach
  void stage() throws IOException {
    folder = given.toRealPath();
    originals = Files.createDirectory(folder.resolve("in"));
    Files.writeString(originals.resolve("a.mp4"), "original");
    Files.createDirectories(originals.resolve("reports"));
    Files.writeString(originals.resolve("reports/a.mp4.report.json"), "a report of somebody's");
    Files.writeString(originals.resolve("reports/a.mp4.report.html"), "a page of somebody's");
    out = folder.resolve("out");
    job = Jobs.redaction(originals.resolve("a.mp4"), out.resolve("a.mp4"), 128);
    staging = Staging.in(out);
  }

  @AfterEach
  void close() {
    staging.close();
    assertThat(originals.resolve("a.mp4")).hasContent("original");
    assertThat(Jobs.names(originals.resolve("reports"))).hasSize(2);
    assertThat(Jobs.names(out)).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void whatWasMadeGetsItsNames() throws IOException {
    try (StagedJob staged = staging.stage(job)) {
      make(staged);
      staged.publish(outcome(), () -> {});
    }
    staging.close();
    assertThat(Jobs.names(out)).containsExactly(Jobs.named(out.resolve("a.mp4")));
    assertThat(out.resolve("a.mp4")).hasContent("made");
  }

  @Test
  void aFolderThatBecameALinkIsNotFollowed() throws IOException {
    try (StagedJob staged = staging.stage(job)) {
      Path own = Objects.requireNonNull(staged.job().output().getParent());
      Files.delete(own);
      Files.createSymbolicLink(own, originals);
      refused(staged);
    }
  }

  @Test
  void aFolderOfReportsThatBecameALinkIsNotFollowed() throws IOException {
    try (StagedJob staged = staging.stage(job)) {
      Path own = Objects.requireNonNull(staged.job().output().getParent());
      Files.writeString(staged.job().output(), "made");
      Files.createSymbolicLink(own.resolve("reports"), originals.resolve("reports"));
      refused(staged);
    }
  }

  @Test
  void aLinkOrAFolderInTheOutputsPlaceIsNoOutput() throws IOException {
    try (StagedJob staged = staging.stage(job)) {
      Files.createSymbolicLink(staged.job().output(), originals.resolve("a.mp4"));
      refused(staged);
    }
    try (StagedJob staged = staging.stage(job)) {
      Files.createDirectories(staged.job().output().resolve("deep"));
      Files.createSymbolicLink(staged.job().output().resolve("deep/link"), originals);
      refused(staged);
    }
  }

  @Test
  void aLinkOnTheWayToTheQuarantineIsNotFollowed() throws IOException {
    Path ward = folder.resolve("ward");
    RenderOptions render = job.render();
    RedactionJob quarantining =
        new RedactionJob(
            job.input(),
            job.output(),
            job.detection(),
            render.withAudit(new AuditOptions(render.audit().level(), Optional.of(ward))),
            /* overwrite= */ false,
            job.report());
    try (StagedJob staged = staging.stage(quarantining)) {
      Path own = Objects.requireNonNull(staged.job().output().getParent());
      Files.delete(own);
      Path trap = Files.createDirectories(folder.resolve("trap/quarantine"));
      Files.writeString(trap.resolve("b.mp4"), "somebody's");
      Files.createSymbolicLink(own, folder.resolve("trap"));
      assertThatThrownBy(() -> staged.quarantined("failed its audit"))
          .isInstanceOf(JobException.class);
      assertThat(trap.resolve("b.mp4")).hasContent("somebody's");
    }
    assertThat(ward).doesNotExist();
  }

  @Test
  void deletingFollowsNoLink() throws IOException {
    try (StagedJob staged = staging.stage(job)) {
      Path own = Objects.requireNonNull(staged.job().output().getParent());
      Files.createDirectories(own.resolve("deep/deeper"));
      Files.createSymbolicLink(own.resolve("deep/deeper/link"), originals);
      Files.createSymbolicLink(own.resolve("file"), originals.resolve("a.mp4"));
    }
  }

  private void refused(StagedJob staged) {
    assertThatThrownBy(() -> staged.publish(outcome(), () -> {}))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(out.resolve("a.mp4").toString());
    assertThat(out.resolve("a.mp4")).doesNotExist();
  }

  private static void make(StagedJob staged) throws IOException {
    Files.writeString(staged.job().output(), "made");
    ReportFiles files = staged.job().report().orElseThrow().files();
    Files.createDirectories(Objects.requireNonNull(files.json().getParent()));
    Files.writeString(files.json(), "{}");
    Files.writeString(files.html(), "page");
  }

  private Outcome.Redacted outcome() {
    return new Outcome.Redacted(
        job.input(), job.output(), Optional.empty(), 1, Map.of(), 0, 0, List.of(), List.of());
  }
}
