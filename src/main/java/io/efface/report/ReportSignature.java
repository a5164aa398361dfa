package io.efface.report;

import io.efface.manifest.DocumentException;
import io.efface.report.SignatureFinding.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signature over an output and its reports, in a file of its own: lines of ASCII, of which the
 * last holds an Ed25519 signature (RFC 8032) over all bytes before it.
 *
 * <pre>
 * efface-signature 1
 * algorithm Ed25519
 * public-key BASE64
 * output SHA256
 * json SHA256
 * html SHA256
 * signature BASE64
 * </pre>
 *
 * A report that was not written has no line. There is one way only to write a given signature, so a
 * changed byte anywhere shows.
 *
 * @param key of whoever signed, by their own account
 * @param digests SHA-256 in lower-case hexadecimal of each signed part; the output's is among them
 * @param signature in base64
 */
public record ReportSignature(VerificationKey key, Map<Part, String> digests, String signature) {
  private static final int MAX_BYTES = 1 << 12;
  private static final int SIGNATURE_BYTES = 64;
  private static final String HEAD = "efface-signature 1\n";
  private static final String BASE64 = " ([A-Za-z0-9+/=]{1,200})\n";
  private static final String SHA256 = " ([0-9a-f]{64})\n";
  private static final Pattern FORM =
      Pattern.compile(
          HEAD
              + "algorithm Ed25519\npublic-key"
              + BASE64
              + "output"
              + SHA256
              + "(?:json"
              + SHA256
              + ")?(?:html"
              + SHA256
              + ")?signature"
              + BASE64);

  /** Copies the digests and checks that the signature has its one form. */
  public ReportSignature {
    Map<Part, String> sorted = new EnumMap<>(Part.class);
    sorted.putAll(digests);
    digests = Collections.unmodifiableMap(sorted);
    if (!digests.containsKey(Part.OUTPUT)
        || digests.containsKey(Part.SIGNATURE)
        || digests.containsKey(Part.KEY)) {
      throw new IllegalArgumentException("an output and its reports are signed, not " + digests);
    }
    byte[] bytes = Base64.getDecoder().decode(signature);
    if (bytes.length != SIGNATURE_BYTES
        || !Base64.getEncoder().encodeToString(bytes).equals(signature)) {
      throw new IllegalArgumentException("is no Ed25519 signature");
    }
  }

  /**
   * Signs.
   *
   * @param digests SHA-256 of the output and of each report that was written
   */
  public static ReportSignature make(SigningKey key, Map<Part, String> digests) {
    return new ReportSignature(
        key.publicKey(),
        digests,
        Base64.getEncoder().encodeToString(key.sign(statement(key.publicKey(), digests))));
  }

  /**
   * Reads a signature's file. Says nothing of whether it holds.
   *
   * @return empty if there is no such file
   * @throws DocumentException if it is no signature, or cannot be read
   */
  public static Optional<ReportSignature> read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DocumentException(file + ": cannot be read; check its permissions", e);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher matcher = FORM.matcher(text);
    if (bytes.length > MAX_BYTES || !matcher.matches()) {
      throw new DocumentException(
          file + ": is not a signature of Efface of version 1, or was changed");
    }
    Map<Part, String> digests = new EnumMap<>(Part.class);
    digests.put(Part.OUTPUT, matcher.group(2));
    Optional.ofNullable(matcher.group(3)).ifPresent(sha256 -> digests.put(Part.JSON, sha256));
    Optional.ofNullable(matcher.group(4)).ifPresent(sha256 -> digests.put(Part.HTML, sha256));
    try {
      return Optional.of(
          new ReportSignature(new VerificationKey(matcher.group(1)), digests, matcher.group(5)));
    } catch (IllegalArgumentException e) {
      throw new DocumentException(file + ": was changed: its key or signature is none", e);
    }
  }

  /** What stands in its file. */
  public byte[] bytes() {
    byte[] signed = statement(key, digests);
    byte[] last = ("signature " + signature + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(signed, signed.length + last.length);
    System.arraycopy(last, 0, all, signed.length, last.length);
    return all;
  }

  /** Whether the holder of {@link #key} signed these digests. */
  public boolean holds() {
    return key.verifies(statement(key, digests), Base64.getDecoder().decode(signature));
  }

  private static byte[] statement(VerificationKey key, Map<Part, String> digests) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("algorithm Ed25519\npublic-key ").append(key.base64()).append('\n');
    line(text, "output", Optional.ofNullable(digests.get(Part.OUTPUT)));
    line(text, "json", Optional.ofNullable(digests.get(Part.JSON)));
    line(text, "html", Optional.ofNullable(digests.get(Part.HTML)));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void line(StringBuilder text, String word, Optional<String> sha256) {
    sha256.ifPresent(digest -> text.append(word).append(' ').append(digest).append('\n'));
  }
}
