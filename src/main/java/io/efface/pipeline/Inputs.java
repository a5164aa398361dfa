package io.efface.pipeline;

import io.efface.manifest.Manifest;
import io.efface.media.MediaException;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks of the files a job reads, each with a message that says what to do. */
final class Inputs {
  private Inputs() {}

  /**
   * Refuses a file that is not there.
   *
   * @throws JobException if it is missing
   */
  static void refuseMissing(Path file) {
    if (!Files.exists(file)) {
      throw new JobException(file + ": no such file; check the name");
    }
    FileNames.refuseUnreadable(file);
  }

  /**
   * Refuses what is no file, or none that can be read, in the words that opening footage has.
   *
   * @throws JobException if it is so
   */
  static void refuseUnreadable(Path file) {
    refuseMissing(file);
    if (Files.isDirectory(file)) {
      throw new JobException(file + ": is a folder; name a file in it");
    }
    if (!Files.isRegularFile(file)) {
      throw new JobException(file + ": is no regular file; copy it to one first");
    }
    if (!Files.isReadable(file)) {
      throw new JobException(file + ": cannot be read; check its permissions");
    }
  }

  /**
   * Decodes the first frame.
   *
   * @return the frame, borrowed from the reader
   * @throws MediaException if there is none, or the file ends in the middle and that is not allowed
   */
  static VideoFrame firstFrame(VideoReader reader, boolean allowTruncated) {
    Path path = reader.info().path();
    reader.info().truncated().ifPresent(why -> refuseTruncated(path, why, allowTruncated));
    return reader
        .next()
        .orElseThrow(
            () ->
                new MediaException(
                    path,
                    "decode",
                    "none of its pictures can be decoded; the file is damaged, encrypted, empty or"
                        + " of a kind that is not supported"));
  }

  /**
   * Refuses a file that ends in the middle unless that is allowed.
   *
   * @throws MediaException if it is not
   */
  static void refuseTruncated(Path path, String why, boolean allowed) {
    if (!allowed) {
      throw new MediaException(
          path, "read", why + "; copy it again, or add --allow-truncated to redact what is there");
    }
  }

  /**
   * Refuses a file that ends in the middle, where figures of a part would mislead.
   *
   * @param why what {@link VideoReader#damage} or the file's own description says
   * @throws MediaException if it says anything
   */
  static void refuseDamaged(Path path, Optional<String> why) {
    if (why.isPresent()) {
      throw new MediaException(path, "read", why.get() + "; copy it again");
    }
  }

  /**
   * Refuses footage whose pictures are not those of a manifest.
   *
   * @param first the footage's first frame
   * @throws JobException if size, orientation or clock differ
   */
  static void refuseOtherShape(Path input, VideoFrame first, Manifest manifest) {
    Manifest.Input planned = manifest.input();
    if (planned.width() != first.width()
        || planned.height() != first.height()
        || planned.orientation() != first.orientation()
        || !planned.timeBase().equals(first.timeBase())) {
      throw new JobException(
          input
              + ": has another size, orientation or clock than the manifest's footage;"
              + " make the manifest anew with 'efface detect'");
    }
  }
}
