package io.efface.media;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * Blanks what decoders skip at the start of an AAC frame: a fill element of type EXT_FILL (ISO/IEC
 * 14496-3, 4.5.2.9), in which encoders write their name and version.
 */
final class AacFiller {
  private static final int ID_FIL = 6;
  private static final int EXT_FILL = 0;
  private static final int ADTS_HEADER_BYTES = 7;

  private AacFiller() {}

  /**
   * Blanks the filler of a packet, if it begins with one.
   *
   * @param packet AAC, raw or behind an ADTS header; its bytes become its own
   */
  static void blank(AVPacket packet) {
    if (packet.size() < ADTS_HEADER_BYTES + 2) {
      return;
    }
    BytePointer data = packet.data();
    boolean adts = (data.get(0) & 0xff) == 0xff && (data.get(1) & 0xf0) == 0xf0;
    boolean sum = adts && (data.get(1) & 1) == 0;
    // Behind a checksum the bytes cannot be changed.
    if (sum || bits(data, adts ? 8 * ADTS_HEADER_BYTES : 0, 3) != ID_FIL) {
      return;
    }
    int at = (adts ? 8 * ADTS_HEADER_BYTES : 0) + 3;
    int count = bits(data, at, 4);
    at += 4;
    if (count == 15) {
      count += bits(data, at, 8) - 1;
      at += 8;
    }
    boolean filler = count > 0 && bits(data, at, 4) == EXT_FILL;
    int end = at + 8 * count;
    if (!filler || end > 8 * packet.size() || avcodec.av_packet_make_writable(packet) < 0) {
      return;
    }
    for (int bit = at + 4; bit < end; bit++) {
      int cleared = packet.data().get(bit / 8) & ~(0x80 >> (bit % 8));
      packet.data().put(bit / 8, (byte) cleared);
    }
  }

  private static int bits(BytePointer data, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      value = (value << 1) | ((data.get(i / 8) >> (7 - i % 8)) & 1);
    }
    return value;
  }
}
