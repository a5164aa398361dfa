package io.efface.pipeline;

import io.efface.manifest.FileIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads a file once and says which file it is. */
final class FileDigest {
  private static final int BLOCK_BYTES = 1 << 20;

  private FileDigest() {}

  /**
   * Name, size and SHA-256 of a file.
   *
   * @param name the name to record, which for a temporary file is its final one
   * @param everyBlock called before each block; may throw to end the reading
   * @throws JobException if it cannot be read
   */
  static FileIdentity of(Path file, Path name, Runnable everyBlock) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[BLOCK_BYTES];
      long bytes = 0;
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        everyBlock.run();
        digest.update(block, 0, n);
        bytes += n;
      }
      return new FileIdentity(
          name.getFileName().toString(), HexFormat.of().formatHex(digest.digest()), bytes);
    } catch (IOException e) {
      throw new JobException(file + ": cannot be read to its end; check the disk", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
