package io.efface.media;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * Blanks what decoders skip at the start of an AAC frame: fill elements of type EXT_FILL (ISO/IEC
 * 14496-3, 4.5.2.9), in which encoders write their name and version, and data elements (4.5.2.8).
 */
final class AacFiller {
  private static final int ID_DSE = 4;
  private static final int ID_FIL = 6;
  private static final int EXT_FILL = 0;
  private static final int ADTS_HEADER_BYTES = 7;
  private static final int ADTS_SUM_BYTES = 2;

  private AacFiller() {}

  /**
   * Blanks the elements that a packet begins with. An ADTS header's checksum is not renewed, since
   * the containers written here hold neither.
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
    int at = adts ? 8 * (ADTS_HEADER_BYTES + (sum ? ADTS_SUM_BYTES : 0)) : 0;
    int limit = 8 * packet.size();
    // The longest header of an element has 32 bits.
    while (at + 32 <= limit) {
      int element = bits(data, at, 3);
      if (element != ID_FIL && element != ID_DSE) {
        return;
      }
      int lengthAt = at + (element == ID_FIL ? 3 : 8);
      int lengthBits = element == ID_FIL ? 4 : 8;
      int count = bits(data, lengthAt, lengthBits);
      int body = lengthAt + lengthBits;
      if (count == (1 << lengthBits) - 1) {
        count += bits(data, body, 8) - (element == ID_FIL ? 1 : 0);
        body += 8;
      }
      if (element == ID_DSE && bits(data, at + 7, 1) == 1) {
        body = (body + 7) / 8 * 8;
      }
      int end = body + 8 * count;
      if (end > limit || (count > 0 && avcodec.av_packet_make_writable(packet) < 0)) {
        return;
      }
      data = packet.data();
      if (element == ID_DSE || (count > 0 && bits(data, body, 4) == EXT_FILL)) {
        clear(data, body, end);
      }
      at = end;
    }
  }

  private static void clear(BytePointer data, int from, int end) {
    for (int bit = from; bit < end; bit++) {
      int cleared = data.get(bit / 8) & ~(0x80 >> (bit % 8));
      data.put(bit / 8, (byte) cleared);
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
