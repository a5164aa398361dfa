package io.efface.media;

import io.efface.media.EncoderSettings.Preset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of libav's encoders with its own words for quality and effort.
 *
 * @param encoder which
 * @param options options of the encoder and of its context, by libav's names
 */
record EncoderChoice(KnownEncoder encoder, Map<String, String> options) {
  /** What libav multiplies a quantiser by where it takes one for all encoders. */
  private static final int LAMBDA = 118;

  /** Pictures from one key picture to the next, as x264 has it. */
  private static final String GROUP = "250";

  /** Copies the options. */
  EncoderChoice {
    options = Map.copyOf(options);
  }

  /**
   * An encoder, set up.
   *
   * <p>Quality 0 to 100 is mapped to each software encoder's constant rate factor so that equal
   * numbers look alike: x264 40 to 12, x265 42 to 14, SVT-AV1 and libaom 63 to 13, libvpx 60 to 14.
   * At 75, the default, that is 19, 21, 26 and 26. Hardware gets a constant quantiser on the scale
   * of its codec's software (VA-API and AMF count AV1's in steps a quarter as large), NVENC a
   * constant quality on the same scale, VideoToolbox the number itself. How alike these look was
   * not measured.
   */
  static EncoderChoice of(KnownEncoder encoder, EncoderSettings settings) {
    Map<String, String> options = new LinkedHashMap<>();
    Preset preset = settings.preset();
    int rate = rate(encoder.codec(), settings.quality());
    switch (encoder) {
      case LIBX264 -> {
        options.put("preset", preset.id());
        options.put("crf", number(rate));
        // Captions of the input come as side data; they are stripped, and never asked for either.
        options.put("a53cc", "0");
      }
      case LIBX265 -> {
        options.put("preset", preset.id());
        options.put("crf", number(rate));
        options.put("x265-params", "info=0:log-level=none");
      }
      case LIBSVTAV1 -> {
        options.put("crf", number(rate));
        // Faster ones keep fills of frames before, up to 10 codes from what is to stand there.
        options.put("preset", step(preset, 9, 9, 9, 9, 8, 7, 6, 5, 4));
      }
      case LIBAOM_AV1 -> {
        options.put("crf", number(rate));
        options.put("cpu-used", step(preset, 8, 8, 8, 7, 6, 6, 5, 4, 3));
        options.put("row-mt", "1");
      }
      case LIBVPX_VP9 -> {
        options.put("crf", number(rate));
        options.put("cpu-used", step(preset, 8, 8, 7, 6, 5, 4, 2, 1, 0));
        options.put("deadline", "good");
        options.put("row-mt", "1");
        options.put("tile-columns", "2");
      }
      default -> hardware(encoder, settings, rate, options);
    }
    return new EncoderChoice(encoder, options);
  }

  /**
   * Hardware writes no pictures that refer forward: where times or order of decoding are wrong, a
   * file is spoilt, and this could not be tried on each kind of hardware.
   */
  private static void hardware(
      KnownEncoder encoder, EncoderSettings settings, int rate, Map<String, String> options) {
    Preset preset = settings.preset();
    options.put("g", GROUP);
    options.put("bf", "0");
    switch (encoder.family()) {
      case NVENC -> {
        options.put("preset", "p" + step(preset, 1, 1, 2, 3, 4, 5, 6, 7, 7));
        options.put("rc", "vbr");
        options.put("cq", number(rate));
        // Else libav's own usual rate would bound the quality.
        options.put("b", "0");
      }
      // A constant quantiser, since some chips know no other rule of constant quality.
      case QSV -> {
        options.put("preset", Preset.VERYFAST.compareTo(preset) > 0 ? "veryfast" : preset.id());
        options.put("flags", "+qscale");
        options.put("global_quality", number(Math.max(1, rate) * LAMBDA));
      }
      case VAAPI -> {
        options.put("rc_mode", "CQP");
        options.put("global_quality", number(quantiser(encoder.codec(), rate)));
        if (encoder.codec() != VideoCodec.AV1) {
          // Among the messages is one with the driver's name.
          options.put("sei", "0");
        }
      }
      case VIDEOTOOLBOX -> {
        options.put("flags", "+qscale");
        options.put("global_quality", number(Math.max(1, settings.quality()) * LAMBDA));
      }
      case AMF -> {
        String quantiser = number(quantiser(encoder.codec(), rate));
        options.put("rc", "cqp");
        options.put("qp_i", quantiser);
        options.put("qp_p", quantiser);
        boolean fast = preset.compareTo(Preset.FASTER) <= 0;
        boolean slow = preset.compareTo(Preset.SLOW) >= 0;
        options.put("quality", fast ? "speed" : slow ? "quality" : "balanced");
      }
      case SOFTWARE -> throw new IllegalArgumentException(encoder + " is no hardware");
    }
  }

  private static int rate(VideoCodec codec, int quality) {
    return switch (codec) {
      case H264 -> between(40, 12, quality);
      case HEVC -> between(42, 14, quality);
      case AV1 -> between(63, 13, quality);
      case VP9 -> between(60, 14, quality);
    };
  }

  private static int quantiser(VideoCodec codec, int rate) {
    return codec == VideoCodec.AV1 ? 4 * rate : rate;
  }

  private static int between(int worst, int best, int quality) {
    return (int) Math.round(worst - (worst - best) * quality / 100.0);
  }

  private static String number(int value) {
    return Integer.toString(value);
  }

  private static String step(Preset preset, int... steps) {
    return number(steps[Arrays.asList(Preset.values()).indexOf(preset)]);
  }
}
