package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.testing.SyntheticVideo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that are decoded ahead are the reader's own, whatever is done to those before. */
final class ReadAheadIT {
  private static final int FRAMES = 60;

  @TempDir Path folder;
  private Path clip = Path.of("");

  @BeforeEach
  void makeClip() {
    clip = SyntheticVideo.named("a.mp4").size(160, 120).frames(FRAMES).in(folder);
  }

  private List<String> direct() {
    try (VideoReader reader = VideoReader.open(clip, 1)) {
      return all(reader::next, ReadAheadIT::described);
    }
  }

  private static List<String> all(
      Supplier<Optional<VideoFrame>> frames, Function<VideoFrame, String> look) {
    List<String> seen = new ArrayList<>();
    for (Optional<VideoFrame> next = frames.get(); next.isPresent(); next = frames.get()) {
      seen.add(look.apply(next.get()));
    }
    return seen;
  }

  private static String described(VideoFrame frame) {
    return frame.index() + " " + frame.pts() + " " + PixelsOf.checksum(frame);
  }

  @Test
  void framesAreTheSameAsWithoutAnotherThread() {
    List<String> seen;
    try (VideoReader reader = VideoReader.open(clip, 1);
        ReadAhead ahead = new ReadAhead(reader, Long.MAX_VALUE)) {
      seen = all(ahead::next, ReadAheadIT::described);
      assertThat(ahead.next()).isEmpty();
    }
    assertThat(seen).hasSize(FRAMES).isEqualTo(direct());
  }

  @Test
  void whatIsWrittenToAFrameDoesNotShowInLaterOnes() {
    List<String> seen;
    try (VideoReader reader = VideoReader.open(clip, 1);
        ReadAhead ahead = new ReadAhead(reader, Long.MAX_VALUE)) {
      seen = all(ahead::next, frame -> overwritten(ahead.makeWritable()));
    }
    assertThat(seen).isEqualTo(direct());
  }

  /** What a frame showed before all of its luma was written over. */
  private static String overwritten(VideoFrame writable) {
    String before = described(writable);
    ByteBuffer luma = writable.planes().get(0).data();
    for (int i = 0; i < luma.capacity(); i++) {
      luma.put(i, (byte) 200);
    }
    return before;
  }

  @Test
  void readsNoMoreThanItWasToldTo() {
    try (VideoReader reader = VideoReader.open(clip, 1);
        ReadAhead ahead = new ReadAhead(reader, 2)) {
      assertThat(ahead.next()).isPresent();
      assertThat(ahead.next()).isPresent();
      assertThat(ahead.next()).isEmpty();
    }
  }

  @Test
  void whatTheReaderThrowsIsThrownOnce() {
    Path sounding =
        SyntheticVideo.named("s.mp4").size(160, 120).frames(FRAMES).audio("aac", 48_000).in(folder);
    Demuxer demuxer = Demuxer.open(sounding);
    int[] packets = {0};
    List<Integer> sound = List.of(1 - demuxer.info().video());
    try (VideoReader reader =
            VideoReader.open(demuxer, 1, sound, packet -> refuseAfter(30, packets[0]++));
        ReadAhead ahead = new ReadAhead(reader, Long.MAX_VALUE)) {
      assertThatThrownBy(
              () -> {
                while (ahead.next().isPresent()) {
                  assertThat(packets[0]).isLessThan(60);
                }
              })
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("enough");
      assertThat(ahead.next()).isEmpty();
    }
  }

  @Test
  void workOnEachFrameIsDoneBeforeTheFrameIsGiven() {
    Queue<String> before = new ConcurrentLinkedQueue<>();
    try (VideoReader reader = VideoReader.open(clip, 1);
        ReadAhead ahead =
            new ReadAhead(reader, Long.MAX_VALUE, frame -> before.add(described(frame)))) {
      List<String> seen = all(ahead::next, frame -> before.remove() + ", " + described(frame));
      assertThat(seen).isEqualTo(direct().stream().map(one -> one + ", " + one).toList());
    }
  }

  @Test
  void whatThatWorkThrowsIsThrown() {
    try (VideoReader reader = VideoReader.open(clip, 1);
        ReadAhead ahead = new ReadAhead(reader, 9, frame -> refuseAfter(1, (int) frame.index()))) {
      assertThat(ahead.next()).isPresent();
      assertThatThrownBy(ahead::next).hasMessage("enough");
    }
  }

  private static void refuseAfter(int most, int packets) {
    if (packets >= most) {
      throw new IllegalArgumentException("enough");
    }
  }

  @Test
  void leavingHalfWayEndsTheThread() {
    try (VideoReader reader = VideoReader.open(clip, 1)) {
      try (ReadAhead ahead = new ReadAhead(reader, Long.MAX_VALUE)) {
        assertThat(ahead.next()).isPresent();
      }
      // The reader is this thread's again, where it stopped: at most four frames further on.
      Optional<VideoFrame> next = reader.next();
      assertThat(next.orElseThrow().index()).isBetween(1L, 5L);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("efface-decode"));
  }
}
