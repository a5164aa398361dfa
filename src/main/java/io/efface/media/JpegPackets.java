package io.efface.media;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Finds JPEG pictures that break off (ISO/IEC 10918-1, B.1 and B.2): libav makes the rest up and
 * calls them clean. Some cameras leave out the end's marker always: then, the pictures of a film
 * are not judged. Single-threaded.
 */
final class JpegPackets {
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int FIRST_RESTART = 0xd0;
  private static final int TEMPORARY = 0x01;

  private final boolean still;
  private boolean began;
  private boolean usuallyEnd;

  /**
   * Nothing seen yet.
   *
   * @param still whether the file is a photo, whose only picture has to end
   */
  JpegPackets(boolean still) {
    this.still = still;
  }

  /** Whether the picture in a packet, or the last one of two fields, breaks off. */
  boolean isBroken(AVPacket packet) {
    boolean ends = packet.size() > 0 && ends(packet.data().capacity(packet.size()).asByteBuffer());
    if (!began) {
      began = true;
      usuallyEnd = ends || still;
    }
    return !ends && usuallyEnd;
  }

  /**
   * Whether a picture, and another one right behind it, have an end.
   *
   * @param data at the first marker
   */
  static boolean ends(ByteBuffer data) {
    int at = 0;
    boolean another = true;
    while (another) {
      at = end(data, at);
      another = at >= 0 && at + 1 < data.limit() && isMarker(data, at) && code(data, at) == START;
    }
    return at >= 0;
  }

  /** The place behind a picture's end, or -1. */
  private static int end(ByteBuffer data, int start) {
    int at = start;
    while (at + 1 < data.limit()) {
      if (!isMarker(data, at)) {
        // Coded data of a scan, in which a 0 follows each 0xff, or restarts do.
        at++;
      } else if (code(data, at) == END) {
        return at + 2;
      } else if (isAlone(code(data, at))) {
        at += code(data, at) == 0xff ? 1 : 2;
      } else if (at + 3 < data.limit()) {
        at += 2 + (((data.get(at + 2) & 0xff) << 8) | (data.get(at + 3) & 0xff));
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isMarker(ByteBuffer data, int at) {
    return (data.get(at) & 0xff) == 0xff;
  }

  private static int code(ByteBuffer data, int at) {
    return data.get(at + 1) & 0xff;
  }

  /** Whether no length follows: a byte of coded data, padding, a restart, a start. */
  private static boolean isAlone(int code) {
    return code == 0
        || code == 0xff
        || code == TEMPORARY
        || (code >= FIRST_RESTART && code <= START);
  }
}
