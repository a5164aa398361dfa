package io.efface.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the frames of a file in the order of showing. Single-threaded; whoever opens it closes it.
 */
public abstract sealed class FrameReader implements AutoCloseable permits VideoReader, GopReader {
  final Demuxer demuxer;
  final VideoDecoder decoder;

  /**
   * A reader over a demuxer, which it takes over and closes, even when this call fails.
   *
   * @param threads libav's decoding threads
   * @param otherStreams numbers of the streams that are read beside the picture
   * @throws MediaException if the picture cannot be decoded
   */
  FrameReader(Demuxer demuxer, int threads, List<Integer> otherStreams) {
    this.demuxer = demuxer;
    try {
      List<Integer> wanted = new ArrayList<>(otherStreams);
      wanted.add(demuxer.info().video());
      demuxer.keepOnly(wanted);
      this.decoder = VideoDecoder.open(demuxer, threads);
    } catch (RuntimeException e) {
      demuxer.close();
      throw e;
    }
  }

  /** What the file holds. */
  public MediaInfo info() {
    return demuxer.info();
  }

  /** The decoder, for what it counted and to make the current frame writable. */
  public VideoDecoder decoder() {
    return decoder;
  }

  /** Why the file seems to end in the middle; complete once {@link #next} has returned empty. */
  public Optional<String> damage() {
    return demuxer.damage();
  }

  /**
   * The next frame.
   *
   * @return the frame, valid until the next call; empty at the end
   */
  public abstract Optional<VideoFrame> next();

  /** How many pictures could not be copied for which reason, where some were to be. */
  public abstract Map<String, Long> refused();

  @Override
  public void close() {
    decoder.close();
    demuxer.close();
  }
}
