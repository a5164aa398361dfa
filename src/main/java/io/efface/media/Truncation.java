package io.efface.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells from a container's outermost structure whether the file ends before it should. libav reads
 * such files to their end without an error, so a copy broken off half way would pass for a short
 * film.
 */
final class Truncation {
  private static final int MAX_BOXES = 1_000_000;

  private Truncation() {}

  /**
   * Looks at a file.
   *
   * @param container libav's name of the format
   * @return why the file seems cut off, or empty where it is whole or the format cannot tell
   */
  static Optional<String> find(Path path, String container) {
    try (SeekableByteChannel file = Files.newByteChannel(path)) {
      return switch (container) {
        case "mov" -> boxes(file);
        case "matroska" -> segment(file);
        case "avi" -> riff(file);
        default -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.of("it cannot be read to its end");
    }
  }

  /**
   * Walks the top-level boxes of ISO/IEC 14496-12: 32-bit size, type, 64-bit size where size is 1,
   * to the end where 0.
   */
  private static Optional<String> boxes(SeekableByteChannel file) throws IOException {
    long length = file.size();
    long at = 0;
    for (int i = 0; i < MAX_BOXES && at + 8 <= length; i++) {
      ByteBuffer head = read(file, at, 16, ByteOrder.BIG_ENDIAN);
      long size = head.getInt(0) & 0xffffffffL;
      int type = head.getInt(4);
      if (size == 0) {
        return Optional.empty();
      }
      if (size == 1 && head.limit() >= 16) {
        size = head.getLong(8);
      }
      if (size < 8) {
        return Optional.empty();
      }
      if (size > length - at) {
        return carriesFilm(type) ? cut(at, size, length) : Optional.empty();
      }
      at += size;
    }
    return Optional.empty();
  }

  private static boolean carriesFilm(int type) {
    return type == fourcc("mdat") || type == fourcc("moof") || type == fourcc("moov");
  }

  private static int fourcc(String name) {
    return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
  }

  /** The first Segment of an EBML file (RFC 8794) names its size unless it was streamed. */
  private static Optional<String> segment(SeekableByteChannel file) throws IOException {
    long length = file.size();
    long at = 0;
    for (int i = 0; i < 16 && at + 12 <= length; i++) {
      ByteBuffer head = read(file, at, 12, ByteOrder.BIG_ENDIAN);
      int idBytes = Integer.numberOfLeadingZeros(head.get(0) & 0xff) - 24 + 1;
      if (idBytes > 4) {
        return Optional.empty();
      }
      long id = number(head, 0, idBytes);
      int sizeBytes = Integer.numberOfLeadingZeros(head.get(idBytes) & 0xff) - 24 + 1;
      if (sizeBytes > 8 || idBytes + sizeBytes > head.limit()) {
        return Optional.empty();
      }
      long mask = (1L << (7 * sizeBytes)) - 1;
      long size = number(head, idBytes, sizeBytes) & mask;
      if (id == 0x18538067L && size == mask) {
        return Optional.empty();
      }
      long end = at + idBytes + sizeBytes + size;
      if (id == 0x18538067L) {
        return end > length ? cut(at, end - at, length) : Optional.empty();
      }
      at = end;
    }
    return Optional.empty();
  }

  /** An AVI file is one RIFF chunk or several (OpenDML); each names its size, its end is even. */
  private static Optional<String> riff(SeekableByteChannel file) throws IOException {
    long length = file.size();
    long at = 0;
    for (int i = 0; i < MAX_BOXES && at + 12 <= length; i++) {
      ByteBuffer head = read(file, at, 12, ByteOrder.LITTLE_ENDIAN);
      long size = head.getInt(4) & 0xffffffffL;
      // A recorder that was stopped leaves either of these where the size belongs.
      boolean unknown = size == 0 || size == 0xffffffffL;
      if (head.order(ByteOrder.BIG_ENDIAN).getInt(0) != fourcc("RIFF") || unknown) {
        return Optional.empty();
      }
      if (size + 8 > length - at) {
        return cut(at, size + 8, length);
      }
      at += size + 8 + (size & 1);
    }
    return Optional.empty();
  }

  private static Optional<String> cut(long at, long size, long length) {
    return Optional.of(
        "it ends in the middle: " + (at + size - length) + " of its bytes are missing");
  }

  private static long number(ByteBuffer data, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (data.get(at + i) & 0xff);
    }
    return value;
  }

  private static ByteBuffer read(SeekableByteChannel file, long at, int bytes, ByteOrder order)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
    file.position(at);
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {
      // a short read is not the end
    }
    return buffer.flip();
  }
}
