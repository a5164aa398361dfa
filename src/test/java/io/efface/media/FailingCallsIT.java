package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_A53_CC;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a call of libav fails on the way out, the output is not gone on with. */
final class FailingCallsIT {
  @TempDir Path folder;

  @AfterEach
  void giveMemoryBack() {
    avutil.av_max_alloc(Integer.MAX_VALUE);
  }

  private static void fails(String operation, String why, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.operation()).isEqualTo(operation))
        .hasMessageContaining(why);
  }

  private static OutputPlan plan(VideoReader source, VideoFrame first, Path out) {
    return Transcode.plan(source, first, out, Transcode.quick(Optional.empty()), true);
  }

  @ParameterizedTest
  @CsvSource({"aac, a.mp4", "libopus, a.mkv", "pcm_s16le, a.mov"})
  void soundThatFindsNoMemoryIsNotLeftOut(String codec, String name) {
    Path clip = SyntheticVideo.named(name).audio(codec, 48000).in(folder);
    Path out = folder.resolve("o-" + name);
    try (VideoReader probe = VideoReader.open(clip, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      try (Muxer muxer = Muxer.open(out, probe, first, plan(probe, first, out));
          Demuxer demuxer = Demuxer.open(clip)) {
        Packet packet = demuxer.read().orElseThrow();
        while (!muxer.audioStreams().contains(packet.stream())) {
          packet = demuxer.read().orElseThrow();
        }
        Packet sound = packet;
        avutil.av_max_alloc(16);
        fails("copy", "not enough memory", () -> muxer.writeAudio(sound));
        giveMemoryBack();
      }
    }
  }

  @Test
  void aFirstFrameThatCannotBeDescribedIsNotEncoded() {
    Path clip = SyntheticVideo.named("a.mp4").frames(2).in(folder);
    try (VideoReader probe = VideoReader.open(clip, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      AVFrame picture = first.backing().orElseThrow();
      assertThat(avutil.av_frame_new_side_data(picture, AV_FRAME_DATA_A53_CC, 10_000)).isNotNull();
      OutputPlan plan = plan(probe, first, folder.resolve("o.mp4"));
      avutil.av_max_alloc(5_000);
      fails(
          "encode",
          "not enough memory",
          () -> new EncoderSetup(clip, probe.decoder(), first, plan, true).close());
      giveMemoryBack();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"o.mp4", "o.mkv", "o.webm"})
  void anEncoderThatHasEndedTakesNoMore(String name) {
    Path clip = SyntheticVideo.named("a.mp4").frames(2).in(folder);
    Path out = folder.resolve(name);
    try (VideoReader probe = VideoReader.open(clip, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      try (Muxer muxer = Muxer.open(out, probe, first, plan(probe, first, out))) {
        muxer.write(first);
        muxer.finish();
        fails("encode", "the encoder failed", () -> muxer.write(first));
      }
    }
  }

  @Test
  void picturesThatTheEncoderRefusesAreNamed() {
    Path clip = SyntheticVideo.named("a.mkv").codec("ffv1").size(17_000, 16).frames(1).in(folder);
    Path out = folder.resolve("o.mp4");
    try (VideoReader probe = VideoReader.open(clip, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      fails(
          "encode",
          "libx264 refuses pictures of 17000x16 yuv420p; choose another codec",
          () -> Muxer.open(out, probe, first, plan(probe, first, out)).close());
    }
  }

  /** Not only at the end, when hours may have gone by. */
  @Test
  void aDiskThatFillsUpIsNoticedOnTheWay() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    Path clip = SyntheticVideo.named("a.mp4").size(320, 180).frames(300).in(folder);
    Path full = Files.createSymbolicLink(folder.resolve("o.mkv"), Path.of("/dev/full"));
    try (VideoReader probe = VideoReader.open(clip, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      try (Muxer muxer = Muxer.open(full, probe, first, plan(probe, first, full));
          VideoReader reader = VideoReader.open(clip, 1)) {
        fails(
            "write",
            "is the disk full?",
            () -> {
              for (Optional<VideoFrame> f = reader.next(); f.isPresent(); f = reader.next()) {
                muxer.write(f.get());
              }
            });
      }
    }
  }
}
