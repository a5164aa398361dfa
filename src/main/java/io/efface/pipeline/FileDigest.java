package io.efface.pipeline;

import io.efface.manifest.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a file once and says which file it is, unless the job is stopped. */
final class FileDigest {
  private FileDigest() {}

  /**
   * Name, size and SHA-256 of a file.
   *
   * @param name the name to record, which for a temporary file is its final one
   * @param everyBlock called before each block; may throw to end the reading
   * @throws JobException if it cannot be read
   */
  static FileIdentity of(Path file, Path name, Runnable everyBlock) {
    try {
      return FileIdentity.of(file, name, everyBlock);
    } catch (IOException e) {
      throw new JobException(file + ": cannot be read to its end; check the disk", e);
    }
  }
}
