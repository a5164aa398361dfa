package io.efface.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Pictures that refer to none outside: from an IDR up to the next, with the packets of other
 * streams that lie between them. Where that cannot be said, it knows why, and may be a part only.
 * Owns its packets; whoever has it closes it.
 */
final class Gop implements AutoCloseable {
  private final int video;
  private final List<AVPacket> packets = new ArrayList<>();
  private Optional<NotJoinable> refusal = Optional.empty();
  private long bytes;
  private int pictures;

  /**
   * An empty group.
   *
   * @param video number of the stream of pictures
   */
  Gop(int video) {
    this.video = video;
  }

  /** Adds a packet, taken over. */
  void add(AVPacket packet) {
    packets.add(packet);
    bytes += packet.size();
    pictures += isPicture(packet) ? 1 : 0;
  }

  /** Says that it cannot be copied; the first word counts. */
  void refuse(NotJoinable why) {
    refusal = refusal.or(() -> Optional.of(why));
  }

  /** Why it cannot be copied, as far as was seen. */
  Optional<NotJoinable> refusal() {
    return refusal;
  }

  boolean isPicture(AVPacket packet) {
    return packet.stream_index() == video;
  }

  /** Its packets in the file's order, borrowed. */
  List<AVPacket> packets() {
    return packets;
  }

  /** How many packets of pictures there are. */
  int pictures() {
    return pictures;
  }

  /** The size of all packets. */
  long bytes() {
    return bytes;
  }

  /** The pictures' times in the order of decoding. */
  long[] times() {
    return pictureTimes().toArray();
  }

  /** The pictures' times in the order of showing. */
  long[] sortedTimes() {
    return pictureTimes().sorted().toArray();
  }

  private LongStream pictureTimes() {
    return packets.stream().filter(this::isPicture).mapToLong(AVPacket::pts);
  }

  /** Hands its packets over. */
  List<AVPacket> release() {
    List<AVPacket> released = List.copyOf(packets);
    packets.clear();
    return released;
  }

  @Override
  public void close() {
    packets.forEach(avcodec::av_packet_free);
    packets.clear();
  }
}
