package io.efface.pipeline;

import io.efface.manifest.FileIdentity;
import io.efface.manifest.FrameRange;
import io.efface.manifest.FrameTimes;
import io.efface.manifest.Manifest;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What decoding a film tells without looking for anything in it.
 *
 * @param times when each frame is shown
 * @param corrupt frames that could not be decoded cleanly
 */
record Survey(FrameTimes times, List<FrameRange> corrupt) {

  /** Copies the list. */
  Survey {
    corrupt = List.copyOf(corrupt);
  }

  /**
   * Decodes a film from beginning to end.
   *
   * @param first its first frame
   * @param threads libav's decoding threads
   */
  static Survey of(
      Path input,
      VideoFrame first,
      boolean allowTruncated,
      int threads,
      Cancellation cancellation,
      Progress progress) {
    FrameTimes times = new FrameTimes(first.timeBase());
    FrameCounts corrupt = new FrameCounts();
    try (VideoReader reader = VideoReader.open(input, threads)) {
      for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
        cancellation.check();
        times.add(next.get().pts());
        if (next.get().corrupt()) {
          corrupt.add(next.get().index());
        }
        progress.advanced(times.frames(), 0);
      }
      reader.damage().ifPresent(why -> Inputs.refuseTruncated(input, why, allowTruncated));
    }
    return new Survey(times, corrupt.ranges());
  }

  /**
   * The manifest of a film in which nothing was looked for.
   *
   * @param file which file it is
   * @param probe a reader of it that has received its first frame
   */
  Manifest manifest(FileIdentity file, VideoReader probe) {
    return new Analysis.Findings(List.of(), List.of(0L), corrupt, times.frames())
        .manifest(file, probe, List.of(), List.of());
  }
}
