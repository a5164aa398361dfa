package io.efface.detect;

import io.efface.media.TransferFunction;
import io.efface.pipeline.FfmpegPrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes films of high dynamic range of what is in standard range, without loss but of depth. */
final class HighRangeFilm {
  private HighRangeFilm() {}

  /**
   * By FFmpeg's zimg, with white at 203 cd/m2 and the primaries of BT.2020.
   *
   * @param file the film that is made, Matroska
   * @param input FFmpeg's arguments that name the input
   */
  static Path make(TransferFunction transfer, Path file, Object... input) {
    String name =
        switch (transfer) {
          case PQ -> "smpte2084";
          case HLG -> "arib-std-b67";
          case SDR -> throw new IllegalArgumentException("SDR is no high range");
        };
    List<Object> args = new ArrayList<>();
    Collections.addAll(args, input);
    args.addAll(
        List.of(
            "-vf",
            "format=gbrp,zscale=tin=bt709:pin=bt709:t="
                + name
                + ":p=bt2020:m=bt2020nc:r=tv:npl=203,format=yuv444p10le",
            "-c:v",
            "ffv1",
            file));
    return FfmpegPrograms.make(args.toArray());
  }
}
