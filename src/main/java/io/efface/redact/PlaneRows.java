package io.efface.redact;

import io.efface.media.Plane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Reads and writes runs of a plane's samples as ints, whatever their depth. Works through a row of
 * heap memory, because bulk copies between heap and native memory are far cheaper than access
 * sample by sample. Single-threaded; attached to one plane at a time.
 */
final class PlaneRows {
  private byte[] bytes = new byte[0];
  private short[] words = new short[0];
  private ByteBuffer data = ByteBuffer.allocate(0);
  private ShortBuffer wordData = ShortBuffer.allocate(0);
  private boolean wide;
  private int stride;
  private int width;
  private int height;

  /** Turns to another plane, borrowed until the next call. */
  void attach(Plane plane, int bytesPerSample) {
    wide = bytesPerSample == 2;
    stride = plane.stride();
    width = plane.width();
    height = plane.height();
    data = plane.data().duplicate().order(ByteOrder.nativeOrder());
    data.clear();
    if (wide) {
      if (stride % 2 != 0) {
        throw new IllegalArgumentException("odd stride " + stride + " for 16-bit samples");
      }
      wordData = data.asShortBuffer();
      words = words.length < width ? new short[width] : words;
    } else {
      bytes = bytes.length < width ? new byte[width] : bytes;
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Reads samples {@code from} to {@code to} of a row into the same places of {@code samples}. */
  void read(int y, int from, int to, int[] samples) {
    read(y, from, to, samples, 0);
  }

  /** Reads a run of a row's samples into {@code samples}, column x to place {@code at + x}. */
  void read(int y, int from, int to, int[] samples, int at) {
    if (wide) {
      wordData.get(y * (stride / 2) + from, words, from, to - from);
      for (int x = from; x < to; x++) {
        samples[at + x] = words[x] & 0xffff;
      }
    } else {
      data.get(y * stride + from, bytes, from, to - from);
      for (int x = from; x < to; x++) {
        samples[at + x] = bytes[x] & 0xff;
      }
    }
  }

  /** Writes samples {@code from} to {@code to} of a row from the same places of {@code samples}. */
  void write(int y, int from, int to, int[] samples) {
    stage(from, to, samples);
    writeStaged(y, from, to);
  }

  /** Takes samples for {@link #writeStaged}; any other call drops them. */
  void stage(int from, int to, int[] samples) {
    if (wide) {
      for (int x = from; x < to; x++) {
        words[x] = (short) samples[x];
      }
    } else {
      for (int x = from; x < to; x++) {
        bytes[x] = (byte) samples[x];
      }
    }
  }

  /** Writes samples {@code from} to {@code to} of those last staged to a row. */
  void writeStaged(int y, int from, int to) {
    if (wide) {
      wordData.put(y * (stride / 2) + from, words, from, to - from);
    } else {
      data.put(y * stride + from, bytes, from, to - from);
    }
  }
}
