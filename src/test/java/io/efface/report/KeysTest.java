package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.manifest.DocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {
  /** Made for this test by {@code openssl genpkey -algorithm ed25519}. */
  private static final String OPENSSL =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEICz+igvUByYnKlo0L4ZyxoNpG24ulnqSrQmeFSvZbxzC
      -----END PRIVATE KEY-----
      """;

  private static final String OPENSSL_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAvndFlbEL5k4OuJ9m6OE2R28cFcKvVycB87mbJ+Pmxow=
      -----END PUBLIC KEY-----
      """;

  private static final String OPENSSL_FINGERPRINT =
      "7644765554213c10a515015eeb0ff74e85c3a26189d20c2801574b75b72c9c33";

  /** What {@code openssl pkeyutl -sign -rawin} makes of the word with that key. */
  private static final String OPENSSL_SIGNATURE =
      "qRKp8U37d1BUpl4dAXQdqDdWjlItDLdvblJYbTqxFYlIZcKLdUb8G+IATTGiJ8nPC17lWOjRFm1809rf7GqOCg==";

  private static final byte[] WORD = "efface".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void signsAsOpensslDoesWithItsKey() throws IOException {
    SigningKey key = SigningKey.read(file(OPENSSL));
    assertThat(Base64.getEncoder().encodeToString(key.sign(WORD))).isEqualTo(OPENSSL_SIGNATURE);
    assertThat(key.publicKey()).isEqualTo(VerificationKey.read(file(OPENSSL_PUBLIC)));
    assertThat(key.publicKey().fingerprint()).isEqualTo(OPENSSL_FINGERPRINT);
    assertThat(key.pem()).isEqualTo(OPENSSL);
    assertThat(key.publicKey().pem()).isEqualTo(OPENSSL_PUBLIC);
  }

  @Test
  void linesMayEndAsOnWindows() throws IOException {
    assertThat(SigningKey.read(file(OPENSSL.replace("\n", "\r\n"))).pem()).isEqualTo(OPENSSL);
  }

  @Test
  void aNewPairIsReadBackAndItsPrivateHalfIsTheOwnersAlone() throws IOException {
    Path file = folder.resolve("press.key");
    SigningKey made = SigningKey.generate();
    KeyFile.write(made, file);
    assertThat(SigningKey.read(file).publicKey()).isEqualTo(made.publicKey());
    assertThat(VerificationKey.read(KeyFile.publicOf(file))).isEqualTo(made.publicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SigningKey.generate().publicKey()).isNotEqualTo(made.publicKey());
  }

  @Test
  void aKeyIsNeverReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("a.key"), "old");
    assertThatThrownBy(() -> KeyFile.write(SigningKey.generate(), file))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(file + ": exists already");
    assertThat(file).hasContent("old");
    assertThat(KeyFile.publicOf(file)).doesNotExist();

    Path other = folder.resolve("b.key");
    Files.writeString(KeyFile.publicOf(other), "old");
    assertThatThrownBy(() -> KeyFile.write(SigningKey.generate(), other))
        .hasMessageStartingWith(other + ".pub: exists already");
    assertThat(other).doesNotExist();
    assertThatThrownBy(() -> KeyFile.write(SigningKey.generate(), folder.resolve("no/c.key")))
        .hasMessageContaining("cannot be written");
  }

  @Test
  void aPrivateKeyTellsNothingOfItself() throws IOException {
    SigningKey key = SigningKey.read(file(OPENSSL));
    assertThat(key).hasToString("private key of " + OPENSSL_FINGERPRINT);
  }

  @Test
  void anEncryptedKeyIsNamedAsSuch() throws IOException {
    Path file = file(OPENSSL.replace("PRIVATE", "ENCRYPTED PRIVATE"));
    assertThatThrownBy(() -> SigningKey.read(file))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(file + ": is an encrypted key");
  }

  @Test
  void theWrongHalfIsNamedAsSuch() throws IOException {
    Path secret = file(OPENSSL);
    Path open = file(OPENSSL_PUBLIC);
    assertThatThrownBy(() -> SigningKey.read(open)).hasMessageContaining("is a public key");
    assertThatThrownBy(() -> VerificationKey.read(secret)).hasMessageContaining("is a private key");
  }

  static List<String> noKeys() {
    String body = "MC4CAQAwBQYDK2VwBCIEICz+igvUByYnKlo0L4ZyxoNpG24ulnqSrQmeFSvZbxzC";
    String ed448 =
        "MEcCAQAwBQYDK2VxBDsEORZskf6rfHON+Zg9STUsCsFVA+YoZFKm6q4XRibs339cQgOiZ9J3vQbs9KQdqsr7a5xY"
            + "N9ajjBD9gQ==";
    // Of the same length, and of another algorithm.
    String x25519 = body.replace("K2Vw", "K2Vu");
    return List.of(
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----",
        block("PRIVATE KEY", ""),
        block("PRIVATE KEY", "MC4C"),
        block("PRIVATE KEY", "===="),
        block("PRIVATE KEY", "\u00e9\u0000"),
        block("PRIVATE KEY", body).replace("END PRIVATE", "END PUBLIC"),
        block("PRIVATE KEY", ed448),
        block("PRIVATE KEY", x25519),
        block("OPENSSH PRIVATE KEY", "AAAA"),
        block("CERTIFICATE", "AAAA"));
  }

  private static String block(String label, String body) {
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  @ParameterizedTest
  @MethodSource("noKeys")
  void whatIsNoKeyIsOneLine(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> SigningKey.read(file))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(file + ": is ")
        .hasMessageNotContainingAny("\n", "MC4C", "====");
    assertThatThrownBy(() -> VerificationKey.read(file)).isInstanceOf(DocumentException.class);
  }

  @Test
  void filesThatAreNoneOrAbsurdlyLongAreRefused() throws IOException {
    Path lost = folder.resolve("no folder/key");
    assertThatThrownBy(() -> KeyFile.write(SigningKey.generate(), lost))
        .isInstanceOf(DocumentException.class)
        .hasMessage(
            lost
                + ": cannot be written; check the folder, its permissions and the space on its"
                + " disk");
    assertThatThrownBy(() -> SigningKey.read(folder.resolve("none")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> SigningKey.read(folder)).hasMessageContaining("is a folder");
    Path padded = file(OPENSSL + "\n".repeat(1 << 20));
    assertThatThrownBy(() -> SigningKey.read(padded)).hasMessageContaining("too long");
    Path empty = file("-----BEGIN PRIVATE KEY-----\n" + "\n".repeat(16_000));
    assertThatThrownBy(() -> SigningKey.read(empty)).isInstanceOf(DocumentException.class);
  }

  @Test
  void anyChangeOfAKeyIsRefusedOrAnotherKey() throws IOException {
    Random random = new Random(7);
    VerificationKey key = SigningKey.read(file(OPENSSL)).publicKey();
    byte[] signature = Base64.getDecoder().decode(OPENSSL_SIGNATURE);
    assertThat(key.verifies(WORD, signature)).isTrue();
    byte[] der = Base64.getDecoder().decode(key.base64());
    for (int i = 0; i < 100; i++) {
      byte[] changed = der.clone();
      changed[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(VerificationKey.ofDer(changed).verifies(WORD, signature)).isFalse();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessage("is not an Ed25519 public key");
      }
    }
    assertThat(key.verifies(WORD, new byte[0])).isFalse();
    assertThat(key.verifies(WORD, new byte[64])).isFalse();
    assertThat(key.verifies(WORD, new byte[1000])).isFalse();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "key", ".pem"), text);
  }
}
