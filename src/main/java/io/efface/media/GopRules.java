package io.efface.media;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/** Which groups of pictures of one file can be copied, and why others cannot. Single-threaded. */
final class GopRules {
  /** Longer groups are not held back. */
  static final int MOST_PICTURES = 300;

  /** Bigger groups are not held back. */
  static final long MOST_BYTES = 32L << 20;

  private final Joint joint;
  private final Map<String, Long> refused = new TreeMap<>();
  private Optional<NotJoinable> never = Optional.empty();
  private long lastShown = Long.MIN_VALUE;
  private byte[] data = new byte[1 << 16];

  /** Rules for what goes to one joint. */
  GopRules(Joint joint) {
    this.joint = joint;
  }

  /**
   * Looks into a packet of pictures.
   *
   * @return whether it is an IDR
   * @throws NotJoinable if it cannot be copied
   */
  boolean inspect(AVPacket packet) throws NotJoinable {
    if (never.isPresent()) {
      throw never.get();
    }
    try {
      if (packet.pts() == FFmpeg.NO_PTS) {
        throw never("its pictures' times are not told");
      }
      if ((packet.flags() & (avcodec.AV_PKT_FLAG_CORRUPT | avcodec.AV_PKT_FLAG_DISCARD)) != 0) {
        throw new NotJoinable("it has pictures that are damaged or not to be shown");
      }
      return joint.inspect(packet, bytes(packet), packet.size());
    } catch (Joint.ParametersChange e) {
      never = Optional.of(e);
      throw e;
    }
  }

  private NotJoinable never(String why) {
    NotJoinable reason = new NotJoinable(why);
    never = Optional.of(reason);
    return reason;
  }

  private byte[] bytes(AVPacket packet) {
    if (data.length < packet.size()) {
      data = new byte[packet.size() * 2];
    }
    packet.data().position(0).get(data, 0, packet.size());
    return data;
  }

  /** What is written of a packet that {@link #inspect} let pass. */
  byte[] cleaned(AVPacket packet) {
    try {
      return joint.cleaned(bytes(packet), packet.size());
    } catch (NotJoinable e) {
      throw new IllegalStateException("a packet was inspected and changed since", e);
    }
  }

  /** Refuses a group that is held back for too long. */
  void checkSize(Gop gop) {
    if (gop.pictures() > MOST_PICTURES || gop.bytes() > MOST_BYTES) {
      gop.refuse(new NotJoinable("its key pictures that can be joined at lie too far apart"));
    }
  }

  /**
   * Judges a whole group, in order.
   *
   * @param following the picture after it; empty at the end of the file
   */
  boolean allow(Gop gop, Optional<AVPacket> following) {
    long[] shown = gop.sortedTimes();
    if (gop.refusal().isEmpty()) {
      checkTimes(gop, shown, following);
    }
    if (shown.length > 0) {
      lastShown = Math.max(lastShown, shown[shown.length - 1]);
    }
    if (gop.pictures() == 0) {
      return false;
    }
    never
        .or(gop::refusal)
        .ifPresent(why -> refused.merge(why.why(), (long) gop.pictures(), Long::sum));
    return gop.refusal().isEmpty();
  }

  private void checkTimes(Gop gop, long[] shown, Optional<AVPacket> following) {
    long[] decoded = gop.times();
    boolean closed = shown.length == 0 || (decoded[0] == shown[0] && shown[0] > lastShown);
    long before = Long.MIN_VALUE;
    for (int i = 0; i < shown.length; i++) {
      closed &= shown[i] > before;
      before = shown[i];
      int earliest = i - joint.reordered();
      if (earliest >= 0 && decoded[i] < shown[earliest]) {
        gop.refuse(new NotJoinable("it reorders its pictures more than it says"));
      }
    }
    if (following.isPresent() && following.get().pts() <= before) {
      closed = false;
    }
    if (!closed) {
      gop.refuse(new NotJoinable("its pictures' times overlap at its key pictures"));
    }
  }

  /** How many pictures were not copied for which reason, by the reasons' letters. */
  Map<String, Long> refused() {
    return Map.copyOf(refused);
  }
}
