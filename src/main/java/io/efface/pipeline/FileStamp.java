package io.efface.pipeline;

import io.efface.media.MediaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Function;

/**
 * What tells cheaply that a file was written to, or that another stands under its name. A new name
 * changes nothing about it.
 *
 * @param bytes its size
 * @param modified when it was last written to
 * @param key what the file system tells files apart by; empty where it tells nobody
 */
public record FileStamp(long bytes, FileTime modified, Optional<Object> key) {

  /**
   * A file's stamp.
   *
   * @throws JobException if it cannot be told
   */
  public static FileStamp of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(
          attributes.size(),
          attributes.lastModifiedTime(),
          Optional.ofNullable(attributes.fileKey()));
    } catch (IOException e) {
      throw new JobException(file + ": cannot be read; check its permissions and the disk", e);
    }
  }

  /**
   * Does what reads a file. Where that fails on one that is another by then, that is told instead:
   * a file that is written to meanwhile looks wrong in many ways, none of which is the reason.
   *
   * @param work gets the stamp of before
   * @throws JobException if the file's stamp cannot be told, or the work failed and it is another
   */
  static <T> T reading(Path file, Function<FileStamp, T> work) {
    FileStamp stamp = of(file);
    try {
      return work.apply(stamp);
    } catch (JobException | MediaException e) {
      stamp.refuseChanged(file);
      throw e;
    }
  }

  /**
   * Refuses a file that is another than when the stamp was taken: all passes must have read the
   * same.
   *
   * @throws JobException if it is
   */
  void refuseChanged(Path file) {
    if (!Files.exists(file) || !equals(of(file))) {
      throw new JobException(
          file + ": was changed or removed while it was read; try again when it is complete");
    }
  }
}
