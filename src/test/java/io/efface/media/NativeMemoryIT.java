package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native memory stays flat, however long the film is and however often opening fails. */
final class NativeMemoryIT {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @BeforeAll
  static void needsProc() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/statm")), "no /proc here");
  }

  private static long residentBytes() throws IOException {
    System.gc();
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]) * 4096;
  }

  /** A frame of this size has 0.3 MiB; keeping every one would take 240 MiB. */
  @Test
  void aThousandFramesTakeNoMoreThanTwoHundred() throws IOException {
    Path clip = SyntheticVideo.named("a.mp4").size(512, 416).frames(1000).in(folder);
    Path out = folder.resolve("o.mp4");
    EncoderSettings settings = Transcode.quick(Optional.empty());
    long before = 0;
    long frames = 0;
    try (VideoReader probe = VideoReader.open(clip, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      OutputPlan plan =
          OutputPlan.of(
              probe.info(), first.layout(), out, Container.MP4, settings, false, false, 1);
      try (Muxer muxer = Muxer.open(out, probe, first, plan);
          VideoReader reader = VideoReader.open(clip, 1)) {
        for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
          muxer.write(reader.decoder().makeWritable());
          if (++frames == 200) {
            before = residentBytes();
          }
        }
        long after = residentBytes();
        muxer.finish();
        assertThat(frames).isEqualTo(1000);
        assertThat(after - before).as("bytes more than at frame 200").isLessThan(40 * MIB);
      }
    }
  }

  /** Fifty encoders, each with a lookahead of megabytes, and as many copied groups. */
  @Test
  void copyingAndEncodingInTurnsTakesNoMoreTheLongerItGoesOn() throws IOException {
    Path clip = SyntheticVideo.named("a.mp4").size(512, 416).frames(1000).gop(10).in(folder);
    Path out = folder.resolve("o.mp4");
    EncoderSettings settings = Transcode.quick(Optional.empty());
    EveryOtherGroup bypass = new EveryOtherGroup();
    long before = 0;
    long encoded = 0;
    try (VideoReader probe = VideoReader.open(clip, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      OutputPlan plan =
          OutputPlan.of(probe.info(), first.layout(), out, Container.MP4, settings, false, true, 1);
      try (Muxer muxer = Muxer.open(out, probe, first, plan);
          FrameReader reader = muxer.openReader(clip, 1, bypass)) {
        for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
          muxer.write(next.get());
          if (++encoded == 100) {
            before = residentBytes();
          }
        }
        long after = residentBytes();
        muxer.finish();
        assertThat(bypass.copied).isEqualTo(500);
        assertThat(encoded).isEqualTo(500);
        assertThat(after - before).as("bytes more than at frame 200").isLessThan(40 * MIB);
      }
    }
  }

  /** Copies the first ten frames of every twenty. */
  private static final class EveryOtherGroup implements Bypass {
    private int copied;

    @Override
    public boolean isUntouched(long first, long[] times) {
      return first / 10 % 2 == 0;
    }

    @Override
    public void copied(long first, long[] times, Rational timeBase) {
      copied += times.length;
    }
  }

  @Test
  void openingThatFailsFreesWhatItTook() throws IOException {
    Path clip = SyntheticVideo.named("a.mp4").size(1280, 720).frames(2).in(folder);
    Path text = Files.writeString(folder.resolve("text.mp4"), "no film ".repeat(1000));
    failOften(clip, text, 20);
    long before = residentBytes();
    failOften(clip, text, 200);
    assertThat(residentBytes() - before).isLessThan(40 * MIB);
  }

  private void failOften(Path clip, Path text, int times) {
    Path nowhere = folder.resolve("missing/o.mp4");
    EncoderSettings settings = Transcode.quick(Optional.empty());
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> Demuxer.open(text)).isInstanceOf(MediaException.class);
      assertThatThrownBy(() -> Transcode.run(clip, nowhere, settings, true))
          .isInstanceOf(MediaException.class);
    }
  }
}
