package io.efface.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads single bytes of a file of any size through a small buffer. Single-threaded; borrows the
 * channel.
 */
final class FileWindow {
  private final FileChannel channel;
  private final long size;
  private final Runnable everyBlock;
  private final ByteBuffer buffer;
  private long start;

  /**
   * A window.
   *
   * @param channel borrowed; its position is left alone
   * @param size of the file in bytes
   * @param bytes of the buffer
   * @param everyBlock called before the buffer is filled; may throw to end the reading
   */
  FileWindow(FileChannel channel, long size, int bytes, Runnable everyBlock) {
    this.channel = channel;
    this.size = size;
    this.everyBlock = everyBlock;
    this.buffer = ByteBuffer.allocate(bytes).limit(0);
  }

  /** A second window on the same file, so that reading there does not move this one. */
  FileWindow another(int bytes) {
    return new FileWindow(channel, size, bytes, everyBlock);
  }

  long size() {
    return size;
  }

  /**
   * The byte at an offset, 0 to 255.
   *
   * @throws Malformed if the file is shorter
   * @throws UncheckedIOException if it cannot be read
   */
  int byteAt(long at) {
    if (at < start || at >= start + buffer.limit()) {
      load(at);
    }
    return buffer.get((int) (at - start)) & 0xff;
  }

  private void load(long at) {
    if (at < 0 || at >= size) {
      throw new Malformed(at);
    }
    everyBlock.run();
    start = at;
    buffer.clear();
    try {
      while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
        // a short read is not the end
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.flip();
    if (!buffer.hasRemaining()) {
      throw new Malformed(at);
    }
  }
}
