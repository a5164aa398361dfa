package io.efface.media;

import io.efface.media.AacElements.Element;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Blanks what decoders skip in front of the sound of an AAC packet ({@link AacElements}). */
final class AacFiller {
  private AacFiller() {}

  /**
   * Blanks the elements that a packet begins with. An ADTS header's checksum is not renewed, since
   * the containers written here hold neither.
   *
   * @param packet AAC, raw or behind an ADTS header; its bytes become its own where they change
   * @param path of the input, for messages
   * @throws MediaException if there is no memory for them
   */
  static void blank(AVPacket packet, Path path) {
    byte[] data = PacketBytes.of(packet);
    if (blank(data)) {
      PacketBytes.put(data, packet, path);
    }
  }

  /** Blanks the elements that a packet begins with; tells whether that changed anything. */
  static boolean blank(byte[] packet) {
    AacBits bits = new AacBits(packet);
    AacElements elements = new AacElements(packet);
    boolean changed = false;
    for (Optional<Element> next = elements.next(); next.isPresent(); next = elements.next()) {
      Element element = next.get();
      if (element.end() > bits.size()) {
        // No decoder gets past that: the frame ends instead, by an element of ones.
        bits.clear(element.start(), bits.size());
        bits.set(element.start(), element.start() + AacElements.ID_BITS);
        return true;
      }
      changed |= bits.clear(element.from(), element.end());
    }
    return changed;
  }
}
