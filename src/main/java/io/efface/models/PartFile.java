package io.efface.models;

import io.efface.detect.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A file on its way: it grows beside its final name, with {@code .part} behind it, and is kept when
 * closed unpublished, unless empty, so that a later try can go on. Locked, so that no two write it
 * at once.
 */
final class PartFile implements AutoCloseable {
  private static final int BLOCK_BYTES = 1 << 16;

  private final Path path;
  private final Path target;
  private final FileChannel content;

  private PartFile(Path path, Path target, FileChannel content) {
    this.path = path;
    this.target = target;
    this.content = content;
  }

  /**
   * Opens or makes the file, and its folder.
   *
   * @throws FetchException if another download writes it
   */
  static PartFile beside(Path target) throws IOException {
    Path path = target.resolveSibling(target.getFileName() + ".part");
    Files.createDirectories(path.toAbsolutePath().getParent());
    FileChannel content =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (content.tryLock() != null) {
        return new PartFile(path, target, content);
      }
    } catch (OverlappingFileLockException e) {
      // As if another process held it.
    } catch (IOException e) {
      content.close();
      throw e;
    }
    content.close();
    throw new FetchException(path + ": another download writes it; wait until that has ended");
  }

  /** The file's content, owned by this. */
  FileChannel content() {
    return content;
  }

  /** SHA-256 of what is there, lower-case hexadecimal. */
  String sha256() throws IOException {
    MessageDigest digest = Sha256.begin();
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    long at = 0;
    for (int n = content.read(block, at); n >= 0; n = content.read(block, at)) {
      digest.update(block.flip());
      block.clear();
      at += n;
    }
    return Sha256.end(digest);
  }

  /** Gives the file its name, in place of one that has it. */
  void publish() throws IOException {
    content.force(true);
    content.close();
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes the file. */
  void discard() throws IOException {
    content.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    if (content.isOpen() && content.size() == 0) {
      discard();
    }
    content.close();
  }
}
