package io.efface.media;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Reads a file group by group of pictures: groups that need not change and can be joined go to the
 * output undecoded; the frames of all others are handed out. The sound goes along in the file's
 * order.
 *
 * <p>A group is held back until it is whole, up to {@value GopRules#MOST_PICTURES} pictures and
 * {@value GopRules#MOST_BYTES} bytes; a longer one is decoded. Single-threaded; whoever opens it
 * closes it.
 */
public final class GopReader extends FrameReader {
  private final Muxer muxer;
  private final Bypass bypass;
  private final GopRules rules;
  private final Deque<AVPacket> waiting = new ArrayDeque<>();
  private Optional<Gop> candidate = Optional.empty();
  private Optional<AVPacket> following = Optional.empty();
  private Optional<NotJoinable> passing =
      Optional.of(new NotJoinable("it does not begin with a key picture"));
  private boolean filled;
  private boolean ended;
  private boolean closing;

  private GopReader(Demuxer demuxer, int threads, Muxer muxer, Bypass bypass, Joint joint) {
    super(demuxer, threads, muxer.audioStreams());
    this.muxer = muxer;
    this.bypass = bypass;
    this.rules = new GopRules(joint);
  }

  /**
   * Opens a reader of the input that an output is written from.
   *
   * @param threads libav's decoding threads
   * @param muxer gets what is copied, and the sound; borrowed
   * @param joint of that output
   * @param bypass says what need not change
   */
  static GopReader open(Path input, int threads, Muxer muxer, Joint joint, Bypass bypass) {
    return new GopReader(Demuxer.open(input), threads, muxer, bypass, joint);
  }

  @Override
  public Optional<VideoFrame> next() {
    while (true) {
      Optional<VideoFrame> frame = decoder.receive();
      if (frame.isPresent() || closing) {
        return frame;
      }
      if (!waiting.isEmpty()) {
        feed(waiting.remove());
      } else if (candidate.isPresent()) {
        settle(candidate.get());
      } else if (ended) {
        closing = true;
        decoder.end();
      } else {
        readGroup();
      }
    }
  }

  /** Reads a group; one that can be copied waits until the decoder has given out all it holds. */
  private void readGroup() {
    Gop gop = new Gop(demuxer.info().video());
    boolean read = false;
    try {
      readGroup(gop);
      read = true;
    } finally {
      if (!read) {
        gop.close();
      }
    }
  }

  private void readGroup(Gop gop) {
    following.ifPresent(gop::add);
    following = Optional.empty();
    passing.ifPresent(gop::refuse);
    boolean whole = false;
    while (!whole && (gop.refusal().isEmpty() || gop.packets().isEmpty())) {
      whole = readInto(gop);
    }
    if (ended) {
      demuxer.damage().ifPresent(why -> gop.refuse(new NotJoinable("it ends in the middle")));
    }
    passing = whole ? Optional.empty() : gop.refusal();
    if (rules.allow(gop, following)) {
      candidate = Optional.of(gop);
      if (filled) {
        decoder.end();
      }
    } else {
      waiting.addAll(gop.release());
    }
  }

  /** Adds the next packet, and says whether the group ends before it. */
  private boolean readInto(Gop gop) {
    Optional<Packet> next = demuxer.read();
    if (next.isEmpty()) {
      ended = true;
      return true;
    }
    AVPacket packet = PacketBytes.share(next.get().get(), demuxer.path());
    if (gop.isPicture(packet)) {
      try {
        if (rules.inspect(packet)) {
          following = Optional.of(packet);
          return true;
        }
      } catch (NotJoinable e) {
        gop.refuse(e);
      }
    }
    gop.add(packet);
    rules.checkSize(gop);
    return false;
  }

  private void feed(AVPacket packet) {
    try {
      if (packet.stream_index() == demuxer.info().video()) {
        decoder.send(new Packet(packet));
        filled = true;
      } else {
        muxer.writeAudio(new Packet(packet));
      }
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  /** Copies a group if nothing in it is to change; nothing is in the decoder then. */
  private void settle(Gop gop) {
    if (filled) {
      decoder.restart();
      filled = false;
    }
    long first = decoder.frames();
    long[] shown = gop.sortedTimes();
    boolean untouched = !decoder.isApart() && bypass.isUntouched(first, shown);
    candidate = Optional.empty();
    if (!untouched) {
      waiting.addAll(gop.release());
      return;
    }
    try (gop) {
      muxer.beginCopy(shown);
      boolean key = true;
      for (AVPacket packet : gop.packets()) {
        if (gop.isPicture(packet)) {
          muxer.copyPicture(packet, rules.cleaned(packet), key);
          key = false;
        } else {
          muxer.writeAudio(new Packet(packet));
        }
      }
    }
    decoder.skip(shown);
    bypass.copied(first, shown, demuxer.info().videoStream().timeBase());
  }

  @Override
  public Map<String, Long> refused() {
    return rules.refused();
  }

  @Override
  public void close() {
    candidate.ifPresent(Gop::close);
    following.ifPresent(avcodec::av_packet_free);
    waiting.forEach(avcodec::av_packet_free);
    waiting.clear();
    super.close();
  }
}
