package io.efface.batch;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that names are hashed with. It is never printed or recorded. */
public final class NameKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int NEW_BYTES = 32;
  private static final int LEAST_BYTES = 16;
  private static final int MOST_BYTES = 4096;

  private final Path file;
  private final byte[] secret;
  private boolean kept;

  private NameKey(Path file, byte[] secret, boolean kept) {
    this.file = file;
    this.secret = secret;
    this.kept = kept;
  }

  /**
   * The bytes of a file; where there is none random bytes, which {@link #keep} writes to it.
   *
   * @throws JobException if it cannot be read, or holds fewer than {@value #LEAST_BYTES} or more
   *     than {@value #MOST_BYTES} bytes
   */
  public static NameKey of(Path file) {
    try {
      return checked(file);
    } catch (NoSuchFileException e) {
      byte[] secret = new byte[NEW_BYTES];
      new SecureRandom().nextBytes(secret);
      return new NameKey(file, secret, /* kept= */ false);
    } catch (IOException e) {
      throw new JobException(file + ": cannot be read as a key for names; check the name", e);
    }
  }

  private static NameKey checked(Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES || !Files.isRegularFile(file)) {
      throw new JobException(
          file
              + ": is no key for names: those are files of "
              + LEAST_BYTES
              + " to "
              + MOST_BYTES
              + " bytes; name a file that is not there, and one is made");
    }
    return new NameKey(file, Files.readAllBytes(file), /* kept= */ true);
  }

  /**
   * Writes the key to its file, for the owner's eyes only, if it does not come from there.
   *
   * @throws JobException if it cannot be written, or the file is there by now
   */
  void keep() {
    if (kept) {
      return;
    }
    try {
      Path folder =
          Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
      // A temporary file is the owner's alone. A part of a key must not be taken for one later.
      Path whole = Files.createTempFile(folder, ".efface-key-", ".part");
      try {
        Files.write(whole, secret, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(whole, file);
        kept = true;
      } catch (IOException e) {
        Files.deleteIfExists(whole);
        throw e;
      }
    } catch (IOException e) {
      throw new JobException(file + ": a key for names cannot be made here; check the folder", e);
    }
  }

  /** Whether the key is in its file. */
  boolean isKept() {
    return kept;
  }

  /** The message authentication code of a text. */
  byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "key for names";
  }
}
