package io.efface.media;

import io.efface.geometry.Orientation;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What TIFF, PNG and WebP say of themselves and libav does not tell: how to turn the picture (EXIF,
 * tag 0x0112), how many there are, and whether libav cannot read them. Nothing else of their
 * metadata is looked at; what contradicts itself says nothing.
 *
 * @param orientation how to turn the stored picture to see it upright
 * @param pictures how many pictures there are, at least 1
 * @param objection why libav gives no picture of it or, without a word, a black one
 */
record StillHeader(Orientation orientation, int pictures, Optional<String> objection) {
  /** Nothing said. */
  static final StillHeader NONE = of(Orientation.UPRIGHT, 1);

  private static final Optional<String> JPEG_IN_TIFF =
      Optional.of(
          "is a TIFF with JPEG in it, which is not supported; save it as PNG, or as TIFF with"
              + " another compression, first");
  private static final Optional<String> ANIMATED_WEBP =
      Optional.of("is an animated WebP, which is not supported; save it as GIF or MP4 first");

  private static final int COMPRESSION = 0x0103;
  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int DNG_VERSION = 0xc612;
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int MOST_PAGES = 1000;
  private static final int MOST_CHUNKS = 100_000;

  /** Nothing that is read at once is longer: a directory of 65,535 entries. */
  private static final int WINDOW_BYTES = 1 << 20;

  private static final long EXIF_IN_PNG = 0x65584966L;
  private static final long EXIF_IN_WEBP = 0x45584946L;
  private static final long FRAME_IN_WEBP = 0x414E4D46L;
  private static final long EXIF_MARK = 0x45786966L;

  /**
   * Reads what a file says.
   *
   * @param container libav's name of its format; of all but four nothing is read
   */
  static StillHeader read(Path path, String container) {
    try (FileChannel file = FileChannel.open(path)) {
      return switch (container) {
        case "tiff_pipe" -> tiff(file, 0, file.size());
        case "png_pipe", "apng" -> png(file);
        case "webp_pipe" -> webp(file);
        default -> NONE;
      };
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      return NONE;
    }
  }

  /** What a picture says that can be read. */
  static StillHeader of(Orientation orientation, int pictures) {
    return new StillHeader(orientation, pictures, Optional.empty());
  }

  private static StillHeader tiff(FileChannel file, long start, long end) throws IOException {
    ByteBuffer head = window(file, start, Math.min(end, start + 8));
    ByteOrder order = head.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long next = head.order(order).position(4).getInt() & 0xffffffffL;
    int orientation = 0;
    Optional<String> objection = Optional.empty();
    int pages = 0;
    while (next != 0 && pages < MOST_PAGES) {
      long at = start + next;
      ByteBuffer count = window(file, at, Math.min(end, at + 2)).order(order);
      int bytes = count.remaining() < 2 ? -1 : (count.getShort() & 0xffff) * ENTRY_BYTES;
      ByteBuffer entries = window(file, at + 2, Math.min(end, at + 2 + bytes + 4)).order(order);
      if (bytes < 0 || entries.remaining() < bytes) {
        break;
      }
      if (pages == 0) {
        orientation = number(entries, bytes, ORIENTATION);
        objection = isJpeg(entries, bytes) ? JPEG_IN_TIFF : objection;
      }
      pages++;
      next = entries.limit() < bytes + 4 ? 0 : entries.getInt(bytes) & 0xffffffffL;
    }
    return new StillHeader(Orientation.ofExif(orientation), Math.max(1, pages), objection);
  }

  /** Libav reads JPEG in the raw pictures of cameras (DNG) only. */
  private static boolean isJpeg(ByteBuffer entries, int bytes) {
    int compression = number(entries, bytes, COMPRESSION);
    return (compression == OLD_JPEG || compression == JPEG)
        && place(entries, bytes, DNG_VERSION) < 0;
  }

  /** A short number of a directory, or 0. */
  private static int number(ByteBuffer entries, int bytes, int tag) {
    int at = place(entries, bytes, tag);
    return at >= 0 && entries.getShort(at + 2) == SHORT ? entries.getShort(at + 8) : 0;
  }

  private static int place(ByteBuffer entries, int bytes, int tag) {
    for (int at = 0; at < bytes; at += ENTRY_BYTES) {
      if ((entries.getShort(at) & 0xffff) == tag) {
        return at;
      }
    }
    return -1;
  }

  private static StillHeader png(FileChannel file) throws IOException {
    Orientation orientation = Orientation.UPRIGHT;
    long at = 8;
    for (int i = 0; i < MOST_CHUNKS && at + 12 <= file.size(); i++) {
      ByteBuffer chunk = window(file, at, Math.min(at + 16, file.size()));
      long length = chunk.getInt() & 0xffffffffL;
      long type = chunk.getInt() & 0xffffffffL;
      if (type == EXIF_IN_PNG) {
        orientation = exif(file, at + 8, length);
      }
      at += 12 + length;
    }
    return of(orientation, 1);
  }

  private static StillHeader webp(FileChannel file) throws IOException {
    long at = 12;
    for (int i = 0; i < MOST_CHUNKS && at + 8 <= file.size(); i++) {
      ByteBuffer chunk = window(file, at, at + 8);
      long type = chunk.getInt() & 0xffffffffL;
      long length = chunk.order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffffffffL;
      if (type == FRAME_IN_WEBP) {
        return new StillHeader(Orientation.UPRIGHT, 1, ANIMATED_WEBP);
      }
      if (type == EXIF_IN_WEBP) {
        return of(exif(file, at + 8, length), 1);
      }
      at += 8 + length + (length & 1);
    }
    return NONE;
  }

  /** EXIF is a TIFF; some writers put the mark of JPEG in front. */
  private static Orientation exif(FileChannel file, long start, long length) throws IOException {
    long end = Math.min(file.size(), start + length);
    boolean marked = (window(file, start, end).getInt() & 0xffffffffL) == EXIF_MARK;
    return tiff(file, marked ? start + 6 : start, end).orientation();
  }

  private static ByteBuffer window(FileChannel file, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(WINDOW_BYTES, to - from)));
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = file.read(bytes, from + bytes.position());
    }
    return bytes.flip();
  }
}
