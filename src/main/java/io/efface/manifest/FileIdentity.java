package io.efface.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which file, down to its bytes.
 *
 * @param name the file's name without folders
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 * @param bytes its size
 */
public record FileIdentity(String name, String sha256, long bytes) {

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
   * @param everyBlock called before each block; may throw to end the reading
   * @throws IOException if it cannot be read
   */
  public static FileIdentity of(Path file, Runnable everyBlock) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        everyBlock.run();
        digest.update(buffer, 0, n);
        bytes += n;
      }
    }
    Path name = file.toAbsolutePath().normalize().getFileName();
    return new FileIdentity(String.valueOf(name), HexFormat.of().formatHex(digest.digest()), bytes);
  }
}
