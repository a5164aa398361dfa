package io.efface.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.testing.Publisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches over real connections from a server of the test's own. */
@Timeout(20)
final class FetchTest {
  private static final byte[] CONTENT = content(300_000);
  private static final int HALF = 150_000;

  @TempDir Path folder;
  private final Downloader downloader = new Downloader(Duration.ofSeconds(10));
  private final List<Long> progress = new ArrayList<>();

  @Test
  void aWholeFileGetsItsNameAfterTheCheck() throws IOException {
    try (Publisher publisher = Publisher.start(Publisher.file(CONTENT))) {
      assertThat(fetch(publisher)).isEqualTo(file()).hasBinaryContent(CONTENT);
      assertThat(part()).doesNotExist();
      assertThat(publisher.ranges()).containsExactly("null");
      assertThat(progress).isSorted().endsWith(300_000L);
    }
  }

  @Test
  void aDamagedFileIsReplaced() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "damaged");
    try (Publisher publisher = Publisher.start(Publisher.file(CONTENT))) {
      assertThat(fetch(publisher)).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aBrokenDownloadGoesOnWhereItEnded() throws IOException {
    try (Publisher publisher = Publisher.start(Publisher.truncated(CONTENT, HALF))) {
      assertThatThrownBy(() -> fetch(publisher))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("broke off after 150000 of 300000 bytes")
          .hasMessageContaining("run the same command again")
          .hasMessageNotContaining("\n");
    }
    assertThat(file()).doesNotExist();
    assertThat(part()).hasBinaryContent(Arrays.copyOf(CONTENT, HALF));
    try (Publisher publisher = Publisher.start(Publisher.file(CONTENT))) {
      assertThat(fetch(publisher)).hasBinaryContent(CONTENT);
      assertThat(publisher.ranges()).containsExactly("bytes=150000-");
    }
  }

  @Test
  void aServerThatKnowsNoRangesSendsAllAgain() throws IOException {
    half(CONTENT);
    try (Publisher publisher =
        Publisher.start(exchange -> Publisher.send(exchange, 200, CONTENT))) {
      assertThat(fetch(publisher)).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aServerThatRefusesTheRangeIsAskedForAll() throws IOException {
    half(CONTENT);
    try (Publisher publisher =
        Publisher.start(
            exchange -> {
              if (exchange.getRequestHeaders().containsKey("Range")) {
                Publisher.send(exchange, 416, new byte[0]);
              } else {
                Publisher.send(exchange, 200, CONTENT);
              }
            })) {
      assertThat(fetch(publisher)).hasBinaryContent(CONTENT);
      assertThat(publisher.ranges()).containsExactly("bytes=150000-", "null");
    }
  }

  @Test
  void aPartThatIsWholeIsNotAskedForAgain() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), CONTENT);
    try (Publisher publisher = Publisher.start(Publisher.file(CONTENT))) {
      assertThat(fetch(publisher)).hasBinaryContent(CONTENT);
      assertThat(publisher.ranges()).isEmpty();
    }
  }

  @Test
  void anotherFileIsRefusedAndDeleted() throws IOException {
    byte[] other = CONTENT.clone();
    other[HALF] ^= 1;
    try (Publisher publisher = Publisher.start(Publisher.file(other))) {
      assertThatThrownBy(() -> fetch(publisher))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("is not what was published (SHA-256 " + sha256(other))
          .hasMessageContaining("it was deleted");
    }
    assertThat(file()).doesNotExist();
    assertThat(part()).doesNotExist();
  }

  @Test
  void aWrongBeginningIsFoundOutAfterResuming() throws IOException {
    half(new byte[CONTENT.length]);
    try (Publisher publisher = Publisher.start(Publisher.file(CONTENT))) {
      assertThatThrownBy(() -> fetch(publisher)).hasMessageContaining("not what was published");
      assertThat(part()).doesNotExist();
      assertThat(fetch(publisher)).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aShorterFileThatIsWholeIsAnother() throws IOException {
    try (Publisher publisher =
        Publisher.start(Publisher.file("<html>gone</html>".getBytes(UTF_8)))) {
      assertThatThrownBy(() -> fetch(publisher)).hasMessageContaining("not what was published");
      assertThat(part()).doesNotExist();
    }
  }

  @Test
  void aFileThatIsTooLargeIsNotReadToItsEnd() throws IOException {
    try (Publisher publisher = Publisher.start(Publisher.file(content(2_000_000)))) {
      assertThatThrownBy(() -> fetch(publisher))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("sends more than the 300000 bytes published");
    }
    assertThat(part()).doesNotExist();
  }

  @Test
  void redirectsOnThisMachineAreFollowed() throws IOException {
    half(CONTENT);
    try (Publisher publisher = Publisher.start(Publisher.redirect("/elsewhere"))) {
      publisher.at("/elsewhere", Publisher.file(CONTENT));
      assertThat(fetch(publisher)).hasBinaryContent(CONTENT);
      assertThat(publisher.ranges()).containsExactly("bytes=150000-", "bytes=150000-");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.org/model.onnx", "ftp://127.0.0.1/model.onnx", "file:///etc/x"})
  void aRedirectIntoTheClearIsRefused(String to) throws IOException {
    try (Publisher publisher = Publisher.start(Publisher.redirect(to))) {
      assertThatThrownBy(() -> fetch(publisher))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("which is not followed");
    }
    assertThat(part()).doesNotExist();
  }

  @Test
  void redirectsWithoutEndAreRefused() throws IOException {
    try (Publisher publisher = Publisher.start(Publisher.redirect("/model.onnx"))) {
      assertThatThrownBy(() -> fetch(publisher)).hasMessageContaining("one redirect too many");
      assertThat(publisher.ranges()).hasSize(6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500})
  void aRefusalIsNamedAndWhatWasThereStays(int status) throws IOException {
    half(CONTENT);
    try (Publisher publisher =
        Publisher.start(exchange -> Publisher.send(exchange, status, "sorry".getBytes(UTF_8)))) {
      assertThatThrownBy(() -> fetch(publisher))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("answered " + status)
          .hasMessageContaining(publisher.address("/model.onnx").toString());
    }
    assertThat(part()).hasBinaryContent(Arrays.copyOf(CONTENT, HALF));
  }

  @Test
  void aSilentServerIsGivenUp() throws IOException {
    try (Publisher publisher = Publisher.start(exchange -> {})) {
      publisher.at("/silent", publisher.stalled(CONTENT, HALF));
      CatalogueModel model = model(publisher.address("/silent"));
      Downloader impatient = new Downloader(Duration.ofMillis(500));
      assertThatThrownBy(() -> store(model).fetch(model, impatient, bytes -> {}))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("of 300000 bytes (nothing came for");
      assertThat(file()).doesNotExist();
    }
  }

  @Test
  void nobodyThereIsOneLine() throws IOException {
    URI address;
    try (Publisher publisher = Publisher.start(exchange -> {})) {
      address = publisher.address("/model.onnx");
    }
    CatalogueModel model = model(address);
    assertThatThrownBy(() -> store(model).fetch(model, downloader, bytes -> {}))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("no connection; is there a network?");
    assertThat(part()).doesNotExist();
  }

  @Test
  void cancellingKeepsWhatIsThere() throws IOException {
    try (Publisher publisher = Publisher.start(exchange -> {})) {
      publisher.at("/slow", publisher.stalled(CONTENT, HALF));
      CatalogueModel model = model(publisher.address("/slow"));
      LongConsumer cancelAtHalf =
          bytes -> {
            if (bytes == HALF) {
              downloader.cancel();
            }
          };
      assertThatThrownBy(() -> store(model).fetch(model, downloader, cancelAtHalf))
          .isInstanceOf(CancellationException.class);
      assertThat(part()).hasSize(HALF);
    }
  }

  @Test
  void twoDownloadsDoNotWriteOneFile() throws IOException {
    try (Publisher publisher = Publisher.start(Publisher.file(CONTENT));
        PartFile other = PartFile.beside(file())) {
      assertThat(other.content().size()).isZero();
      assertThatThrownBy(() -> fetch(publisher))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("another download writes it");
    }
  }

  @Test
  void onlyEncryptedAddressesAndThisMachinesAreSafe() {
    assertThat(Addresses.isSafe(URI.create("https://example.org/x"))).isTrue();
    assertThat(Addresses.isSafe(URI.create("HTTP://localhost:8080/x"))).isTrue();
    assertThat(Addresses.isSafe(URI.create("http://[::1]/x"))).isTrue();
    assertThat(Addresses.isSafe(URI.create("http://localhost.example.org/x"))).isFalse();
    assertThat(Addresses.isSafe(URI.create("file:///x"))).isFalse();
    URI outside = URI.create("https://example.org/x");
    assertThat(Addresses.mayLead(outside, URI.create("https://example.com/x"))).isTrue();
    assertThat(Addresses.mayLead(outside, URI.create("http://example.org/x"))).isFalse();
    assertThat(Addresses.mayLead(outside, URI.create("http://127.0.0.1/x"))).isFalse();
    assertThat(Addresses.mayLead(outside, URI.create("https://localhost/x"))).isFalse();
    assertThatThrownBy(() -> model(URI.create("http://example.org/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no https address");
  }

  private Path fetch(Publisher publisher) {
    CatalogueModel model = model(publisher.address("/model.onnx"));
    return store(model).fetch(model, downloader, progress::add);
  }

  private ModelStore store(CatalogueModel model) {
    return new ModelStore(folder.resolve("models"), new Catalogue(List.of(model)));
  }

  private static CatalogueModel model(URI address) {
    return new CatalogueModel(
        "net", "a test", address, sha256(CONTENT), CONTENT.length, "MIT", true, Label.FACE);
  }

  private Path file() {
    return folder.resolve("models/net.onnx");
  }

  private Path part() {
    return folder.resolve("models/net.onnx.part");
  }

  private void half(byte[] of) throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(of, HALF));
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    return content;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
