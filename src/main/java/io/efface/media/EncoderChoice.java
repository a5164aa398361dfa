package io.efface.media;

import io.efface.media.EncoderSettings.Preset;
import io.efface.media.PixelLayout.ColourModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which of libav's encoders writes a codec, and its own words for quality and effort.
 *
 * @param encoder libav's name
 * @param options private options of the encoder
 */
record EncoderChoice(String encoder, Map<String, String> options) {

  /** Copies the options. */
  EncoderChoice {
    options = Map.copyOf(options);
  }

  /**
   * The encoder for a codec.
   *
   * <p>Quality 0 to 100 is mapped to each encoder's constant rate factor so that equal numbers look
   * alike: x264 40 to 12, x265 42 to 14, SVT-AV1 and libaom 63 to 13, libvpx 60 to 14. At 75, the
   * default, that is 19, 21, 26 and 26.
   */
  static EncoderChoice of(VideoCodec codec, EncoderSettings settings, PixelLayout layout) {
    Map<String, String> options = new LinkedHashMap<>();
    int quality = settings.quality();
    Preset preset = settings.preset();
    switch (codec) {
      case H264 -> {
        options.put("preset", preset.id());
        options.put("crf", crf(40, 12, quality));
        // Captions of the input come as side data; they are stripped, and never asked for either.
        options.put("a53cc", "0");
        return new EncoderChoice("libx264", options);
      }
      case HEVC -> {
        options.put("preset", preset.id());
        options.put("crf", crf(42, 14, quality));
        options.put("x265-params", "info=0:log-level=none");
        return new EncoderChoice("libx265", options);
      }
      case AV1 -> {
        options.put("crf", crf(63, 13, quality));
        if (layout.model() == ColourModel.YUV
            && layout.chromaShiftX() == 1
            && layout.chromaShiftY() == 1) {
          options.put("preset", step(preset, 12, 11, 10, 9, 8, 7, 6, 5, 4));
          return new EncoderChoice("libsvtav1", options);
        }
        options.put("cpu-used", step(preset, 8, 8, 8, 7, 6, 6, 5, 4, 3));
        options.put("row-mt", "1");
        return new EncoderChoice("libaom-av1", options);
      }
      case VP9 -> {
        options.put("crf", crf(60, 14, quality));
        options.put("cpu-used", step(preset, 8, 8, 7, 6, 5, 4, 2, 1, 0));
        options.put("deadline", "good");
        options.put("row-mt", "1");
        options.put("tile-columns", "2");
        return new EncoderChoice("libvpx-vp9", options);
      }
    }
    throw new IllegalStateException("no encoder for " + codec);
  }

  private static String crf(int worst, int best, int quality) {
    return Integer.toString((int) Math.round(worst - (worst - best) * quality / 100.0));
  }

  private static String step(Preset preset, int... steps) {
    int i = 0;
    for (Preset p : Preset.values()) {
      if (p == preset) {
        return Integer.toString(steps[i]);
      }
      i++;
    }
    throw new IllegalStateException("no step for " + preset);
  }
}
