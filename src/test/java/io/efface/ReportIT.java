package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.audit.Finding;
import io.efface.audit.Finding.Kind;
import io.efface.detect.Label;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import io.efface.pipeline.VerifyJob;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.Check;
import io.efface.report.Filing;
import io.efface.report.KeyFile;
import io.efface.report.ReportFiles;
import io.efface.report.ReportFormat;
import io.efface.report.SignatureCheck;
import io.efface.report.SigningKey;
import io.efface.report.VerificationKey;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports of a job that ran, as they stand beside its output. */
class ReportIT {
  private static final Filing FILING =
      new Filing(Optional.of("17 <b>"), Optional.of("Desk 3"), Optional.empty());

  @TempDir Path inputs;
  @TempDir Path folder;
  private Path input = Path.of("");
  private Path output = Path.of("");

  @BeforeEach
  void make() {
    input = SyntheticVideo.named("in.mp4").size(160, 120).frames(20).in(inputs);
    output = folder.resolve("out.mp4");
  }

  @Test
  void aSignedOutputHoldsUntilItIsTouched() throws IOException {
    SigningKey key = SigningKey.generate();
    ReportFiles files = ReportFiles.beside(output);
    redact(new ReportRequest(files, ReportFormat.BOTH, FILING, Optional.of(key)), false);
    assertThat(Jobs.names(folder))
        .containsExactly(
            "out.mp4", "out.mp4.report.html", "out.mp4.report.json", "out.mp4.report.sig");
    assertThat(check(files, key).holds()).isTrue();

    JsonNode json = new ObjectMapper().readTree(files.json().toFile());
    assertThat(json.at("/case/id").asText()).isEqualTo("17 <b>");
    assertThat(json.at("/case/operator").asText()).isEqualTo("Desk 3");
    assertThat(json.at("/signer").asText()).isEqualTo(key.publicKey().fingerprint());
    assertThat(json.at("/shots/0").asInt(-1)).isZero();
    String html = Files.readString(files.html());
    assertThat(html)
        .contains("17 &lt;b&gt;", "Desk 3", json.at("/output/sha256").asText())
        .contains(key.publicKey().fingerprint());
    // Nothing was found in it, which is what a person is told; where it lay is not.
    assertThat(json.at("/attention/0").asText()).startsWith("nothing was found");
    assertThat(html + Files.readString(files.json())).doesNotContain(inputs.toString());

    byte[] film = Files.readAllBytes(output);
    film[film.length / 2] ^= 1;
    Files.write(output, film);
    assertThat(check(files, key).holds()).isFalse();
  }

  @Test
  void reportsOfTheOutputThatIsReplacedGoWithIt() throws IOException {
    ReportFiles files = ReportFiles.beside(output);
    redact(
        new ReportRequest(
            files, ReportFormat.BOTH, Filing.NONE, Optional.of(SigningKey.generate())),
        false);
    ReportRequest page = new ReportRequest(files, ReportFormat.HTML, Filing.NONE, Optional.empty());
    assertThatThrownBy(() -> redact(page, false)).isInstanceOf(JobException.class);
    assertThat(files.signature()).exists();
    redact(page, true);
    assertThat(Jobs.names(folder)).containsExactly("out.mp4", "out.mp4.report.html");
  }

  @Test
  void verifyTellsASignedOutputFromATouchedOne() throws IOException {
    Path key = inputs.resolve("press.key");
    Path other = inputs.resolve("other.key");
    assertThat(run("keys", "new", key)).isZero();
    assertThat(run("keys", "new", other)).isZero();
    Path pub = KeyFile.publicOf(key);
    ReportFiles files = ReportFiles.beside(output);
    redact(
        new ReportRequest(files, ReportFormat.BOTH, Filing.NONE, Optional.of(SigningKey.read(key))),
        false);
    assertThat(run("verify", output)).isZero();
    assertThat(run("verify", output, "--key", pub)).isZero();
    assertThat(run("verify", output, "--key", KeyFile.publicOf(other))).isEqualTo(4);

    for (Path touched : List.of(output, files.json())) {
      byte[] whole = Files.readAllBytes(touched);
      byte[] changed = whole.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(touched, changed);
      assertThat(run("verify", output)).as("%s", touched).isEqualTo(4);
      assertThat(verify().findings()).extracting(Finding::kind).contains(Kind.SIGNATURE);
      Files.write(touched, whole);
    }
    Outcome.Verified verified = verify();
    assertThat(verified.findings()).isEmpty();
    assertThat(verified.signature().orElseThrow().signer()).contains(VerificationKey.read(pub));

    Files.delete(files.signature());
    assertThat(run("verify", output)).isZero();
    assertThat(verify().checks())
        .filteredOn(check -> check.name().equals(Check.SIGNATURE))
        .noneMatch(Check::ran)
        .hasSize(1);
    assertThat(run("verify", output, "--key", pub)).isEqualTo(4);
  }

  private static int run(Object... words) {
    return Main.run(
        new RedactionPipeline(), Arrays.stream(words).map(Object::toString).toArray(String[]::new));
  }

  private Outcome.Verified verify() {
    return new RedactionPipeline()
        .verify(
            new VerifyJob(
                output,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RenderOptions.DEFAULT_MARGIN,
                Cover.FACE,
                Optional.empty()),
            Progress.NONE);
  }

  private SignatureCheck check(ReportFiles files, SigningKey key) {
    return SignatureCheck.of(output, files, Optional.of(key.publicKey()));
  }

  private void redact(ReportRequest reports, boolean overwrite) {
    new RedactionPipeline()
        .redact(
            new RedactionJob(
                input,
                output,
                // No score reaches 1, so nothing is found.
                new DetectionOptions(
                    DetectionOptions.DEFAULT_MODEL,
                    320,
                    Set.of(Label.values()),
                    OptionalDouble.of(1)),
                Jobs.render(new Style.Blur()),
                overwrite,
                Optional.of(reports)),
            Progress.NONE);
  }
}
