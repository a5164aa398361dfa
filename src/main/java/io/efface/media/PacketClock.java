package io.efface.media;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * One clock for all packets of a file: it begins at zero, and goes on where the file's is set anew,
 * by one shift for all streams, so that picture and sound stay together. The picture alone decides
 * that shift, since passes that read no sound must come to the same times. Sound that is set anew
 * before the picture is held back until that is, with all that follows. Single-threaded; owns what
 * it holds back.
 */
final class PacketClock implements AutoCloseable {
  /** The picture follows within a second or two, or it was the sound's clock alone. */
  private static final int MOST_HELD = 256;

  private final Path path;
  private final int picture;
  private final List<Stream> streams = new ArrayList<>();
  private final Deque<AVPacket> held = new ArrayDeque<>();
  private boolean released;
  private int joints;

  /** In ticks of the picture. */
  private long shift;

  /** One stream's place. */
  private static final class Stream {
    private final Rational timeBase;
    private final long start;
    private final StreamClock clock;
    private int joints;
    private long shift;
    private long heardUntil = Long.MIN_VALUE;

    Stream(Rational timeBase, long start, StreamClock clock) {
      this.timeBase = timeBase;
      this.start = start;
      this.clock = clock;
    }
  }

  /**
   * A clock for a file.
   *
   * @param path of the file, for messages
   * @param picture number of the picture's stream
   */
  PacketClock(Path path, int picture) {
    this.path = path;
    this.picture = picture;
  }

  /**
   * Adds the next stream, in the file's order.
   *
   * @param start the time that becomes zero, in its ticks
   * @param usual ticks of a packet that does not say how long it lasts
   * @param reordered see {@link StreamClock}
   */
  void add(Rational timeBase, long start, long usual, int reordered) {
    streams.add(new Stream(timeBase, start, new StreamClock(timeBase, usual, reordered)));
  }

  /**
   * Takes a packet as the file has it and gives it its time.
   *
   * @param packet borrowed
   * @return whether it is to be given out; if not, it is held back or left out
   */
  boolean admit(AVPacket packet) {
    int index = packet.stream_index();
    if (index >= streams.size()) {
      return true;
    }
    if (index == picture) {
      place(packet);
    } else if (held.isEmpty() && !mustWait(packet)) {
      return placeSound(packet);
    }
    if (index == picture && held.isEmpty()) {
      return true;
    }
    held.add(PacketBytes.share(packet, path));
    released |= held.size() > MOST_HELD;
    return false;
  }

  /**
   * Gives out a packet that was held back, once that is over.
   *
   * @param into receives it; was unreferenced before
   * @return whether there was one
   */
  boolean take(AVPacket into) {
    while (released && !held.isEmpty()) {
      AVPacket next = held.remove();
      avcodec.av_packet_move_ref(into, next);
      avcodec.av_packet_free(next);
      released = !held.isEmpty();
      if (into.stream_index() == picture || placeSound(into)) {
        return true;
      }
      avcodec.av_packet_unref(into);
    }
    return false;
  }

  /** Says that the file has ended: nothing is held back any longer. */
  void end() {
    released = true;
  }

  /** Whether times are other than the file's because its clock was set anew. */
  boolean isShifted() {
    return joints > 0;
  }

  private void place(AVPacket packet) {
    Stream stream = streams.get(picture);
    if (stream.clock.isSetAnew(packet.pts(), packet.dts())) {
      shift += stream.clock.end() - StreamClock.begin(packet.pts(), packet.dts());
      joints++;
      stream.clock.restart();
      released = !held.isEmpty();
    }
    stream.shift = shift;
    move(packet, stream);
  }

  /** Whether sound is set anew and the picture not yet. */
  private boolean mustWait(AVPacket packet) {
    Stream stream = streams.get(packet.stream_index());
    return stream.joints == joints && stream.clock.isSetAnew(packet.pts(), packet.dts());
  }

  /** Gives sound its time, and says whether it follows what was heard before. */
  private boolean placeSound(AVPacket packet) {
    Stream stream = streams.get(packet.stream_index());
    boolean anew = stream.clock.isSetAnew(packet.pts(), packet.dts());
    if (anew || stream.clock.isFresh()) {
      if (anew && stream.joints != joints) {
        stream.heardUntil = stream.clock.end() + stream.shift;
      }
      stream.clock.restart();
      stream.joints = joints;
      stream.shift = FFmpeg.rescale(shift, streams.get(picture).timeBase, stream.timeBase);
    }
    long begin = StreamClock.begin(packet.pts(), packet.dts());
    if (begin != FFmpeg.NO_PTS && stream.heardUntil != Long.MIN_VALUE) {
      if (begin + stream.shift + packet.duration() / 2 < stream.heardUntil) {
        stream.clock.pass(packet.pts(), packet.dts(), packet.duration());
        return false;
      }
      stream.heardUntil = Long.MIN_VALUE;
    }
    move(packet, stream);
    return true;
  }

  private static void move(AVPacket packet, Stream stream) {
    stream.clock.pass(packet.pts(), packet.dts(), packet.duration());
    long by = stream.shift - stream.start;
    if (packet.pts() != FFmpeg.NO_PTS) {
      packet.pts(packet.pts() + by);
    }
    if (packet.dts() != FFmpeg.NO_PTS) {
      packet.dts(packet.dts() + by);
    }
  }

  @Override
  public void close() {
    held.forEach(avcodec::av_packet_free);
    held.clear();
  }
}
