package io.efface.media;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The way of a film through the media package, without redaction. */
public final class Transcode {
  private Transcode() {}

  /** Settings that spend as little time as possible. */
  public static EncoderSettings quick(Optional<VideoCodec> codec) {
    return new EncoderSettings(codec, 60, EncoderSettings.Preset.ULTRAFAST, EncoderWish.SOFTWARE);
  }

  /**
   * What is written of a file.
   *
   * @param source a reader of it, whose first frame is current
   */
  static OutputPlan plan(
      VideoReader source, VideoFrame first, Path out, EncoderSettings settings, boolean keepAudio) {
    return OutputPlan.of(
        source.info(),
        first.layout(),
        out,
        Container.ofName(out).orElseThrow(),
        settings,
        keepAudio,
        false,
        2);
  }

  /** Decodes and encodes a file and returns what became of its streams. */
  public static List<StreamDecision> run(
      Path in, Path out, EncoderSettings settings, boolean keepAudio) {
    try (VideoReader probe = VideoReader.open(in, 1)) {
      VideoFrame first = probe.next().orElseThrow();
      OutputPlan plan = plan(probe, first, out, settings, keepAudio);
      try (Muxer muxer = Muxer.open(out, probe, first, plan);
          VideoReader reader =
              VideoReader.open(Demuxer.open(in), 2, muxer.audioStreams(), muxer::writeAudio)) {
        for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
          muxer.write(next.get());
        }
        muxer.finish();
        return muxer.decisions();
      }
    }
  }
}
