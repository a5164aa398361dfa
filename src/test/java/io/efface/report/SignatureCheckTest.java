package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifests;
import io.efface.report.SignatureFinding.Part;
import io.efface.report.SignatureFinding.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureCheckTest {
  private static final SigningKey KEY = SigningKey.generate();
  private static final Optional<VerificationKey> EXPECTED = Optional.of(KEY.publicKey());

  @TempDir Path folder;
  private Path output = Path.of("");
  private ReportFiles files = ReportFiles.beside(output);

  @BeforeEach
  void sign() throws IOException {
    output = folder.resolve("out.mp4");
    files = ReportFiles.beside(output);
    byte[] film = new byte[5000];
    new Random(1).nextBytes(film);
    Files.write(output, film);
    try (OutputStream json = Files.newOutputStream(files.json());
        OutputStream html = Files.newOutputStream(files.html())) {
      ReportCodec.write(Reports.full(), json);
      HtmlReport.write(Reports.full(), html);
    }
    signWith(KEY, Part.OUTPUT, Part.JSON, Part.HTML);
  }

  @Test
  void whatWasSignedHolds() {
    SignatureCheck check = SignatureCheck.of(output, files, EXPECTED);
    assertThat(check.holds()).isTrue();
    assertThat(states(check)).hasSize(5).values().containsOnly(State.HOLDS);
    assertThat(check.signer()).isEqualTo(EXPECTED);
  }

  @Test
  void withoutAnExpectedKeyNothingIsSaidOfWhoseItIs() {
    SignatureCheck check = SignatureCheck.of(output, files, Optional.empty());
    assertThat(check.holds()).isTrue();
    assertThat(states(check)).containsEntry(Part.KEY, State.NOT_CHECKED);
    assertThat(check.findings().get(1).detail()).contains(KEY.publicKey().fingerprint());
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"OUTPUT", "JSON", "HTML", "SIGNATURE"})
  void anyChangedByteShows(Part part) throws IOException {
    byte[] whole = Files.readAllBytes(file(part));
    Random random = new Random(part.name().hashCode());
    int positions = part == Part.SIGNATURE ? whole.length : 60;
    for (int i = 0; i < positions; i++) {
      byte[] changed = whole.clone();
      int at = part == Part.SIGNATURE ? i : random.nextInt(whole.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(part), changed);
      SignatureCheck check = SignatureCheck.of(output, files, Optional.empty());
      assertThat(check.holds()).as("byte " + at).isFalse();
      assertThat(states(check)).as("byte " + at).containsEntry(part, State.FAILS);
    }
    Files.write(file(part), whole);
    assertThat(SignatureCheck.of(output, files, EXPECTED).holds()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"OUTPUT", "JSON", "HTML", "SIGNATURE"})
  void bytesMoreOrLessShow(Part part) throws IOException {
    byte[] whole = Files.readAllBytes(file(part));
    for (int length : new int[] {0, whole.length - 1, whole.length + 1}) {
      Files.write(file(part), Arrays.copyOf(whole, length));
      assertThat(states(SignatureCheck.of(output, files, EXPECTED)))
          .containsEntry(part, State.FAILS);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"OUTPUT", "JSON", "HTML"})
  void whatIsMissingIsSaidToBeMissing(Part part) throws IOException {
    Files.delete(file(part));
    SignatureCheck check = SignatureCheck.of(output, files, EXPECTED);
    assertThat(check.holds()).isFalse();
    assertThat(states(check)).containsEntry(part, State.MISSING);
    assertThat(states(check).values()).filteredOn(state -> state == State.HOLDS).hasSize(4);
  }

  @Test
  void withoutASignatureNothingIsChecked() throws IOException {
    Files.delete(files.signature());
    SignatureCheck check = SignatureCheck.of(output, files, EXPECTED);
    assertThat(check.holds()).isFalse();
    assertThat(states(check)).containsEntry(Part.SIGNATURE, State.MISSING);
    assertThat(states(check).values()).filteredOn(state -> state == State.NOT_CHECKED).hasSize(4);
    assertThat(check.signer()).isEmpty();
  }

  @Test
  void aForgerWhoSignsAnewIsNotTheExpectedOne() throws IOException {
    Files.writeString(output, "another film");
    signWith(SigningKey.generate(), Part.OUTPUT, Part.JSON, Part.HTML);
    SignatureCheck check = SignatureCheck.of(output, files, EXPECTED);
    assertThat(check.holds()).isFalse();
    assertThat(states(check))
        .containsEntry(Part.KEY, State.FAILS)
        .containsEntry(Part.OUTPUT, State.HOLDS);
  }

  @Test
  void theKeyCannotBeExchangedForTheExpectedOne() throws IOException {
    SigningKey forger = SigningKey.generate();
    signWith(forger, Part.OUTPUT, Part.JSON, Part.HTML);
    change(t -> t.replace(forger.publicKey().base64(), KEY.publicKey().base64()));
    assertThat(states(SignatureCheck.of(output, files, EXPECTED)))
        .containsEntry(Part.SIGNATURE, State.FAILS);
  }

  @Test
  void aReportPutBesideThatWasNotSignedShows() throws IOException {
    signWith(KEY, Part.OUTPUT, Part.JSON);
    SignatureCheck beside = SignatureCheck.of(output, files, EXPECTED);
    assertThat(beside.holds()).isFalse();
    assertThat(states(beside)).containsEntry(Part.HTML, State.FAILS);
    Files.delete(files.html());
    SignatureCheck alone = SignatureCheck.of(output, files, EXPECTED);
    assertThat(alone.holds()).isTrue();
    assertThat(states(alone)).containsEntry(Part.HTML, State.NOT_CHECKED);
  }

  @Test
  void aLineCannotBeLeftOut() throws IOException {
    change(t -> t.replaceAll("html .*\n", ""));
    assertThat(states(SignatureCheck.of(output, files, EXPECTED)))
        .containsEntry(Part.SIGNATURE, State.FAILS);
    change(t -> t.replaceAll("output .*\n", ""));
    assertThat(states(SignatureCheck.of(output, files, EXPECTED)))
        .containsEntry(Part.SIGNATURE, State.FAILS);
  }

  @Test
  void aSignatureHasOneFormOnly() throws IOException {
    // Base64 whose unused bits are set decodes to the same bytes.
    change(
        t -> {
          int at = t.length() - "==\n".length() - 1;
          return t.substring(0, at) + (char) (t.charAt(at) + 1) + "==\n";
        });
    assertThatThrownBy(() -> ReportSignature.read(files.signature()))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("was changed");
  }

  @Test
  void aFileOfAnythingIsNoSignature() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[random.nextInt(10_000)];
      random.nextBytes(bytes);
      Files.write(files.signature(), bytes);
      assertThat(states(SignatureCheck.of(output, files, EXPECTED)))
          .containsEntry(Part.SIGNATURE, State.FAILS);
    }
    Files.delete(files.signature());
    Files.createDirectory(files.signature());
    assertThat(states(SignatureCheck.of(output, files, EXPECTED)))
        .containsEntry(Part.SIGNATURE, State.FAILS);
  }

  @Test
  void isWrittenAsItIsRead() throws IOException {
    ReportSignature read = ReportSignature.read(files.signature()).orElseThrow();
    assertThat(read.bytes()).isEqualTo(Files.readAllBytes(files.signature()));
    assertThat(new String(read.bytes(), StandardCharsets.US_ASCII))
        .startsWith("efface-signature 1\nalgorithm Ed25519\npublic-key MCowBQYDK2Vw")
        .doesNotContain(KEY.pem().split("\n", -1)[1]);
    assertThatThrownBy(() -> ReportSignature.make(KEY, Map.of(Part.JSON, Manifests.SHA256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void signWith(SigningKey key, Part... parts) throws IOException {
    Map<Part, String> digests = new EnumMap<>(Part.class);
    for (Part part : parts) {
      digests.put(part, FileIdentity.of(file(part)).sha256());
    }
    Files.write(files.signature(), ReportSignature.make(key, digests).bytes());
  }

  private void change(UnaryOperator<String> edit) throws IOException {
    Files.writeString(files.signature(), edit.apply(Files.readString(files.signature())));
  }

  private Path file(Part part) {
    return switch (part) {
      case OUTPUT -> output;
      case JSON -> files.json();
      case HTML -> files.html();
      case SIGNATURE -> files.signature();
      case KEY -> throw new IllegalArgumentException("a key has no file here");
    };
  }

  private static Map<Part, State> states(SignatureCheck check) {
    return check.findings().stream()
        .collect(Collectors.toMap(SignatureFinding::part, SignatureFinding::state));
  }
}
