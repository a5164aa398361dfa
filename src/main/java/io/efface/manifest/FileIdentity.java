package io.efface.manifest;

import io.efface.detect.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Which file, down to its bytes.
 *
 * @param name the file's name without folders
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 * @param bytes its size
 */
public record FileIdentity(String name, String sha256, long bytes) {
  private static final int BLOCK_BYTES = 1 << 20;

  /** Checks the parts. */
  public FileIdentity {
    name = Checks.fileName(name);
    Checks.sha256(sha256);
    Checks.range("the size in bytes", bytes, 0, Long.MAX_VALUE);
  }

  /**
   * Reads a file once and tells its identity.
   *
   * @throws IOException if it cannot be read
   */
  public static FileIdentity of(Path file) throws IOException {
    return of(file, () -> {});
  }

  /**
   * Reads a file once and tells its identity, block by block.
   *
   * @param block runs for each block that was read; what it throws ends the reading
   * @throws IOException if it cannot be read
   */
  public static FileIdentity of(Path file, Runnable block) throws IOException {
    return of(file, file, block);
  }

  /**
   * The same under another name.
   *
   * @param name the name to record, which for a temporary file is its final one
   * @param block runs for each block that was read; what it throws ends the reading
   * @throws IOException if it cannot be read
   */
  public static FileIdentity of(Path file, Path name, Runnable block) throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] buffer = new byte[BLOCK_BYTES];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        block.run();
        digest.update(buffer, 0, n);
        bytes += n;
      }
    }
    Path last = name.toAbsolutePath().normalize().getFileName();
    return new FileIdentity(String.valueOf(last), Sha256.end(digest), bytes);
  }
}
