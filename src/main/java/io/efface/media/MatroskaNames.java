package io.efface.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Blanks what libav says of itself in a Matroska or WebM file. The format demands the names of the
 * writing programs (RFC 9559, MuxingApp and WritingApp), and libav puts its own there even when it
 * is to write nothing of itself; zero octets are an empty string (RFC 8794, 7.4). The tags, in
 * which it repeats how long each track is, become a void, and so does their entry in the table of
 * contents.
 */
final class MatroskaNames {
  private static final long SEGMENT = 0x18538067L;
  private static final long SEEK_HEAD = 0x114D9B74L;
  private static final long SEEK = 0x4DBBL;
  private static final long SEEK_ID = 0x53ABL;
  private static final long TAGS = 0x1254C367L;
  private static final long CLUSTER = 0x1F43B675L;
  private static final int VOID = 0xEC;
  private static final long INFO = 0x1549A966L;
  private static final long CRC = 0xBFL;
  private static final long MUXING_APP = 0x4D80L;
  private static final long WRITING_APP = 0x5741L;

  /** All of it stands in front of the first cluster, beside the headers of the codecs. */
  private static final int HEAD_BYTES = 1 << 20;

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
      new MatroskaNames(head).blank();
      head.rewind();
      while (head.hasRemaining()) {
        channel.write(head, head.position());
      }
    }
  }

  private void blank() {
    while (head.hasRemaining()) {
      int start = head.position();
      long id = number(false);
      long size = number(true);
      if (id == CLUSTER || (id != SEGMENT && size > head.remaining())) {
        return;
      }
      int end = id == SEGMENT ? head.position() : head.position() + (int) size;
      if (id == INFO || id == SEEK_HEAD) {
        blankChildren(end);
      } else if (id == TAGS) {
        blankElement(start, end);
      }
      head.position(end);
    }
  }

  private void blankChildren(int end) {
    int sum = -1;
    int summed = 0;
    while (head.position() < end) {
      int start = head.position();
      long id = number(false);
      int size = (int) number(true);
      int body = head.position();
      if (id == CRC) {
        sum = body;
        summed = sum + size;
      } else if (id == MUXING_APP || id == WRITING_APP) {
        zero(body, body + size);
      } else if (id == SEEK && isOfTags()) {
        blankElement(start, body + size);
      }
      head.position(body + size);
    }
    if (sum >= 0) {
      CRC32 crc = new CRC32();
      crc.update(head.duplicate().position(summed).limit(end));
      head.order(ByteOrder.LITTLE_ENDIAN).putInt(sum, (int) crc.getValue());
      head.order(ByteOrder.BIG_ENDIAN);
    }
  }

  /** Whether an entry of the table of contents, whose body comes next, tells where the tags are. */
  private boolean isOfTags() {
    return number(false) == SEEK_ID && number(true) == 4 && number(false) == TAGS;
  }

  /** Makes an element of at least nine bytes a void of the same size. */
  private void blankElement(int start, int end) {
    zero(start, end);
    head.put(start, (byte) VOID).putLong(start + 1, (1L << 56) | (end - start - 9));
  }

  private void zero(int start, int end) {
    for (int i = start; i < end; i++) {
      head.put(i, (byte) 0);
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
