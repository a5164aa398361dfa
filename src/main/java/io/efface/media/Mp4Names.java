package io.efface.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Blanks what libav says of itself in an MP4 or QuickTime file: the list of tags that it writes
 * even when there are none becomes free space, and the vendor of a sample entry zeros.
 */
final class Mp4Names {
  private static final int HEADER_BYTES = 8;
  private static final int LARGE_HEADER_BYTES = 16;

  /** Version, flags and a count stand before the sample entries. */
  private static final int ENTRIES_OFFSET = 8;

  /**
   * Of the vendor, from the start of a sample entry (QuickTime File Format, sample descriptions).
   */
  private static final int VENDOR_OFFSET = 20;

  private static final String CONTAINERS = " moov trak mdia minf stbl ";

  private final FileChannel channel;

  private Mp4Names(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Blanks the names in a finished file.
   *
   * @throws IOException if it cannot be read or written
   */
  static void blank(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      new Mp4Names(channel).blank(0, channel.size());
    }
  }

  private void blank(long from, long to) throws IOException {
    long at = from;
    while (at + HEADER_BYTES <= to) {
      ByteBuffer head = read(at, (int) Math.min(LARGE_HEADER_BYTES, to - at));
      long size = head.getInt(0) & 0xffffffffL;
      int header = size == 1 ? LARGE_HEADER_BYTES : HEADER_BYTES;
      size = size == 1 ? head.getLong(HEADER_BYTES) : size;
      if (size < header || size > to - at) {
        return;
      }
      String type = StandardCharsets.ISO_8859_1.decode(head.slice(4, 4)).toString();
      if (CONTAINERS.contains(" " + type + " ")) {
        blank(at + header, at + size);
      } else if (type.equals("stsd")) {
        blankVendors(at + header + ENTRIES_OFFSET, at + size);
      } else if (type.equals("udta")) {
        write(at + 4, StandardCharsets.ISO_8859_1.encode("free"));
        write(at + header, ByteBuffer.allocate((int) (size - header)));
      }
      at += size;
    }
  }

  private void blankVendors(long from, long to) throws IOException {
    long at = from;
    while (at + VENDOR_OFFSET + 4 <= to) {
      long size = read(at, 4).getInt() & 0xffffffffL;
      if (size < VENDOR_OFFSET + 4) {
        return;
      }
      write(at + VENDOR_OFFSET, ByteBuffer.allocate(4));
      at += size;
    }
  }

  private ByteBuffer read(long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // a short read is not the end
    }
    return buffer.rewind();
  }

  private void write(long at, ByteBuffer bytes) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      to += channel.write(bytes, to);
    }
  }
}
