package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.testing.SyntheticVideo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An MP4 is copied as a whole when it is finished, block by block. */
class FinishIT {
  private static final EncoderSettings LARGE =
      new EncoderSettings(
          Optional.empty(), 100, EncoderSettings.Preset.ULTRAFAST, EncoderWish.SOFTWARE);

  @TempDir Path folder;

  /** Often, since libav's callbacks are few and have to be given back. */
  @RepeatedTest(12)
  void finishingAsksBeforeEachBlock() {
    AtomicInteger blocks = new AtomicInteger();
    Path out = write("whole.mp4", blocks::incrementAndGet);
    assertThat(blocks).hasValueGreaterThan((int) (out.toFile().length() >> 16));
    try (VideoReader reader = VideoReader.open(out, 1)) {
      assertThat(reader.next()).isPresent();
    }
  }

  @Test
  void whatIsThrownBeforeABlockEndsItAndIsThrownOn() {
    AtomicInteger all = new AtomicInteger();
    write("whole.mp4", all::incrementAndGet);
    AtomicInteger blocks = new AtomicInteger();
    CancellationException stop = new CancellationException("stop");
    assertThatThrownBy(
            () ->
                write(
                    "part.mp4",
                    () -> {
                      if (blocks.incrementAndGet() > all.get() / 2) {
                        throw stop;
                      }
                    }))
        .isSameAs(stop);
    assertThat(blocks).hasValue(all.get() / 2 + 1);
  }

  private Path write(String name, Runnable everyBlock) {
    Path in = SyntheticVideo.named("in.mp4").size(640, 480).frames(20).in(folder);
    Path out = folder.resolve(name);
    try (VideoReader probe = VideoReader.open(in, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      OutputPlan plan =
          OutputPlan.of(
              probe.info(),
              first.layout(),
              out,
              Container.MP4,
              LARGE,
              /* keepAudio= */ false,
              /* copies= */ false,
              1);
      try (Muxer muxer = Muxer.open(out, probe, first, plan);
          VideoReader reader = VideoReader.open(in, 1)) {
        for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
          muxer.write(next.get());
        }
        muxer.finish(everyBlock);
      }
    }
    return out;
  }
}
