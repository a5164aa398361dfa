package io.efface.media;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a file's frames in presentation order, of a still the first alone (what follows in a JPEG
 * is a gain map, another view, or the frames of a film), and hands the packets of chosen other
 * streams to a sink as they pass. Single-threaded; whoever opens it closes it.
 */
public final class VideoReader extends FrameReader {
  private final Consumer<Packet> others;
  private boolean ended;

  private VideoReader(
      Demuxer demuxer, int threads, List<Integer> otherStreams, Consumer<Packet> others) {
    super(demuxer, threads, otherStreams);
    this.others = others;
  }

  /**
   * Opens a file for its pictures alone.
   *
   * @param threads libav's decoding threads
   * @throws MediaException if the file cannot be read
   */
  public static VideoReader open(Path path, int threads) {
    return open(Demuxer.open(path), threads, List.of(), packet -> {});
  }

  /**
   * Opens a reader over a demuxer, which it takes over and closes, even when this call fails.
   *
   * @param threads libav's decoding threads
   * @param otherStreams numbers of the streams whose packets the sink gets
   * @param others the sink; borrows each packet for the call
   */
  public static VideoReader open(
      Demuxer demuxer, int threads, List<Integer> otherStreams, Consumer<Packet> others) {
    return new VideoReader(demuxer, threads, otherStreams, others);
  }

  @Override
  public Optional<VideoFrame> next() {
    while (true) {
      if (demuxer.info().still() && decoder.frames() > 0) {
        return Optional.empty();
      }
      Optional<VideoFrame> frame = decoder.receive();
      if (frame.isPresent() || ended) {
        return frame;
      }
      Optional<Packet> packet = demuxer.read();
      if (packet.isEmpty()) {
        ended = true;
        decoder.end();
      } else if (packet.get().stream() == demuxer.info().video()) {
        decoder.send(packet.get());
      } else {
        others.accept(packet.get());
      }
    }
  }

  @Override
  public Map<String, Long> refused() {
    return Map.of();
  }
}
