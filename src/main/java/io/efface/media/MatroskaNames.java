package io.efface.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Blanks the names of the writing programs in a Matroska or WebM file. The format demands both
 * elements (RFC 9559, MuxingApp and WritingApp), and libav puts its own name there even when it is
 * to write nothing of itself; zero octets are an empty string (RFC 8794, 7.4).
 */
final class MatroskaNames {
  private static final long SEGMENT = 0x18538067L;
  private static final long INFO = 0x1549A966L;
  private static final long CRC = 0xBFL;
  private static final long MUXING_APP = 0x4D80L;
  private static final long WRITING_APP = 0x5741L;

  /** Info stands in front of the first cluster, behind at most a table of contents. */
  private static final int HEAD_BYTES = 1 << 16;

  private final ByteBuffer head;

  private MatroskaNames(ByteBuffer head) {
    this.head = head;
  }

  /**
   * Blanks the names in a finished file.
   *
   * @throws IOException if it cannot be read or written
   */
  static void blank(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD_BYTES, channel.size()));
      while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
        // a short read is not the end
      }
      head.flip();
      new MatroskaNames(head).blankInfo();
      head.rewind();
      while (head.hasRemaining()) {
        channel.write(head, head.position());
      }
    }
  }

  private void blankInfo() {
    while (head.hasRemaining()) {
      long id = number(false);
      long size = number(true);
      if (id == INFO && size <= head.remaining()) {
        blankNames((int) size);
        return;
      }
      if (id != SEGMENT) {
        head.position((int) Math.min(head.limit(), head.position() + size));
      }
    }
  }

  private void blankNames(int infoBytes) {
    int end = head.position() + infoBytes;
    int sum = -1;
    int summed = 0;
    while (head.position() < end) {
      long id = number(false);
      int size = (int) number(true);
      if (id == CRC) {
        sum = head.position();
        summed = sum + size;
      } else if (id == MUXING_APP || id == WRITING_APP) {
        for (int i = 0; i < size; i++) {
          head.put(head.position() + i, (byte) 0);
        }
      }
      head.position(head.position() + size);
    }
    if (sum >= 0) {
      CRC32 crc = new CRC32();
      crc.update(head.duplicate().position(summed).limit(end));
      head.order(ByteOrder.LITTLE_ENDIAN).putInt(sum, (int) crc.getValue());
    }
  }

  /** A number of EBML, whose first byte tells its length; sizes go without that mark. */
  private long number(boolean unmarked) {
    int first = head.get() & 0xff;
    int more = Integer.numberOfLeadingZeros(first) - 24;
    long value = unmarked ? first & (0x7f >> more) : first;
    for (int i = 0; i < more && head.hasRemaining(); i++) {
      value = (value << 8) | (head.get() & 0xff);
    }
    return value;
  }
}
