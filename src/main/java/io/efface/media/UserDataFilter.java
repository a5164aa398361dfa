package io.efface.media;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * Takes the user-data messages out of an encoder's packets: x264 writes its version and all its
 * settings into the first one (an SEI message of type 5, ISO/IEC 14496-10 D.1.7) and has no switch
 * for it. Other messages, such as HDR metadata, stay.
 *
 * <p>Of hardware nobody knows what its driver writes: of H.264 and HEVC every unit of messages goes
 * that does not begin with a display's or a light level's description. What is in AV1 stays; the
 * audit refuses what it does not know.
 */
final class UserDataFilter {
  private static final int USER_DATA_UNREGISTERED = 5;
  private static final int USER_DATA_REGISTERED = 4;
  private static final int MASTERING_DISPLAY = 137;
  private static final int CONTENT_LIGHT = 144;

  private final boolean active;
  private final boolean hevc;
  private final boolean hardware;

  /** A filter for packets in Annex B form; x265 is told to write nothing such. */
  UserDataFilter(KnownEncoder encoder) {
    this.hevc = encoder.codec() == VideoCodec.HEVC;
    this.hardware = encoder.isHardware();
    this.active = encoder.codec() == VideoCodec.H264 || (hevc && hardware);
  }

  /** Removes the messages from a packet, in place. */
  void strip(AVPacket packet) {
    if (!active || packet.size() < 8) {
      return;
    }
    ByteBuffer data = packet.data().capacity(packet.size()).asByteBuffer();
    int start = startCode(data, 0);
    while (start >= 0) {
      int header = start + 3;
      int type = hevc ? data.get(header) >> 1 & 0x3f : data.get(header) & 0x1f;
      // HEVC has messages behind the pictures too.
      if (!hevc && type >= 1 && type <= 5) {
        return;
      }
      int next = startCode(data, header);
      int end = next < 0 ? data.limit() : zeroByteBefore(data, next);
      if (isMessages(type) && isUnwanted(data, header + (hevc ? 2 : 1))) {
        int from = zeroByteBefore(data, start);
        remove(packet, from, end);
        data = packet.data().capacity(packet.size()).asByteBuffer();
        next = startCode(data, from);
      }
      start = next;
    }
  }

  private boolean isMessages(int type) {
    return hevc ? type == 39 || type == 40 : type == 6;
  }

  private boolean isUnwanted(ByteBuffer data, int at) {
    int type = at < data.limit() ? data.get(at) & 0xff : 0;
    if (hardware) {
      return type != MASTERING_DISPLAY && type != CONTENT_LIGHT;
    }
    return type == USER_DATA_UNREGISTERED || type == USER_DATA_REGISTERED;
  }

  private static void remove(AVPacket packet, int from, int to) {
    int rest = packet.size() - to;
    BytePointer data = packet.data();
    try (BytePointer source = data.getPointer(to);
        BytePointer target = data.getPointer(from)) {
      BytePointer.memmove(target, source, rest);
    }
    avcodec.av_shrink_packet(packet, from + rest);
  }

  /** Position of the next 00 00 01 at or after {@code from}, or -1. */
  private static int startCode(ByteBuffer data, int from) {
    for (int i = from; i + 3 < data.limit(); i++) {
      if (data.get(i) == 0 && data.get(i + 1) == 0 && data.get(i + 2) == 1) {
        return i;
      }
    }
    return -1;
  }

  /** Start codes may have four bytes: the zero before belongs to them. */
  private static int zeroByteBefore(ByteBuffer data, int start) {
    return start > 0 && data.get(start - 1) == 0 ? start - 1 : start;
  }
}
