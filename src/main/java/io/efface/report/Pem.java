package io.efface.report;

import io.efface.manifest.DocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM file (RFC 7468). */
final class Pem {
  /** A file beyond this holds no key of 32 bytes. */
  private static final int MAX_BYTES = 1 << 14;

  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*+-----BEGIN ([A-Z0-9 ]{1,40})-----\\r?\\n([^-]++)-----END ([A-Z0-9 ]{1,40})-----\\s*+");

  private final String label;
  private final byte[] content;

  private Pem(String label, byte[] content) {
    this.label = label;
    this.content = content;
  }

  /**
   * Reads a file that holds one block and nothing else.
   *
   * @param wanted what the file should be, for messages: {@code an Ed25519 public key in PEM}
   * @throws DocumentException if it cannot be read or is nothing of the kind; the message never
   *     repeats what it holds
   */
  static Pem read(Path file, String wanted) {
    Matcher matcher = BLOCK.matcher(new String(bytes(file, wanted), StandardCharsets.ISO_8859_1));
    if (!matcher.matches() || !matcher.group(1).equals(matcher.group(3))) {
      throw new DocumentException(file + ": is not " + wanted);
    }
    if (matcher.group(1).startsWith("ENCRYPTED")) {
      throw new DocumentException(
          file
              + ": is an encrypted key, which cannot be used here; name one without a password, or"
              + " make one with 'efface keys new'");
    }
    try {
      return new Pem(
          matcher.group(1), Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw new DocumentException(file + ": is not " + wanted + " (its text is damaged)");
    }
  }

  private static byte[] bytes(Path file, String wanted) {
    if (Files.isDirectory(file)) {
      throw new DocumentException(file + ": is a folder, not " + wanted);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new DocumentException(file + ": is not " + wanted + " (it is too long)");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new DocumentException(file + ": no such file", e);
    } catch (IOException e) {
      throw new DocumentException(file + ": cannot be read; check its permissions", e);
    }
  }

  /** What it holds, such as {@code PUBLIC KEY}. */
  String label() {
    return label;
  }

  /** Its bytes, handed over. */
  byte[] content() {
    return content;
  }

  /** The text of a file that holds one block. */
  static String text(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
