package io.efface.cli;

import io.efface.audit.OutputAudit;
import io.efface.media.Container;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.EncoderWish;
import io.efface.media.KnownEncoder;
import io.efface.media.VideoCodec;
import io.efface.pipeline.AuditOptions;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.RenderOptions.Audio;
import io.efface.pipeline.RenderOptions.OnCorrupt;
import io.efface.pipeline.RenderOptions.Smart;
import io.efface.redact.Cover;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how regions are destroyed and the output is written. */
final class RenderMixin {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "blur, solid[:#rrggbb], mosaic[:CELLS] or number (each object's track, for a working copy"
              + " to make edits by), for all or by class, as face=blur,plate=solid (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "blur")
  private Styles styles = Styles.DEFAULT;

  @Option(
      names = "--margin",
      paramLabel = "SHARE",
      description =
          "Growth on each side, as a share of the object's, 0 to 2 (default: 0.35, or by"
              + " --recall, also that of the manifest's making); of a plate's side, what is"
              + " longer than a tenth of the picture counts for less.")
  private @Nullable Double margin;

  @Option(
      names = "--cover",
      paramLabel = "face|head",
      description =
          "Whether a face is destroyed or the whole head that it belongs to; a head without a"
              + " visible face is not found (default: ${DEFAULT-VALUE}).",
      defaultValue = "face")
  private Cover cover = Cover.FACE;

  @Option(
      names = "--codec",
      paramLabel = "CODEC",
      description = "h264, hevc, av1 or vp9 (default: the input's).")
  private @Nullable VideoCodec codec;

  @Option(
      names = "--encoder",
      paramLabel = "auto|software|NAME",
      description =
          "What encodes: hardware that works here and keeps everything, else software (auto);"
              + " software; or an encoder of FFmpeg's, such as h264_nvenc, hevc_qsv, av1_vaapi or"
              + " libx265, which says the codec too (default: ${DEFAULT-VALUE}).",
      defaultValue = "auto")
  private EncoderWish encoder = EncoderWish.AUTO;

  @Option(
      names = "--quality",
      paramLabel = "Q",
      description = "0 (smallest) to 100 (near lossless), default: ${DEFAULT-VALUE}.",
      defaultValue = "" + EncoderSettings.DEFAULT_QUALITY)
  private int quality;

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      description = "Effort, ultrafast to veryslow (default: ${DEFAULT-VALUE}).",
      defaultValue = "fast")
  private Preset preset = Preset.FAST;

  @Option(
      names = "--audio",
      paramLabel = "keep|drop",
      description = "What becomes of sound (default: ${DEFAULT-VALUE}).",
      defaultValue = "keep")
  private Audio audio = Audio.KEEP;

  @Option(
      names = "--on-corrupt",
      paramLabel = "blank|fail",
      description =
          "Whether a frame that cannot be decoded is filled or refuses the file"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "blank")
  private OnCorrupt onCorrupt = OnCorrupt.BLANK;

  @Option(
      names = "--allow-truncated",
      description = "Take a file that ends in the middle as far as it goes.")
  private boolean allowTruncated;

  @Option(
      names = "--smart",
      paramLabel = "auto|off",
      description =
          "auto copies groups of pictures with nothing to destroy in them, where the input's H.264"
              + " can be joined; their coded bytes are the input's (default: ${DEFAULT-VALUE}).",
      defaultValue = "off")
  private Smart smart = Smart.OFF;

  @Option(
      names = "--audit",
      paramLabel = "full|fast|off",
      description =
          "How the finished output is checked; fast leaves out regions and what is left"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "full")
  private OutputAudit.Level audit = OutputAudit.Level.FULL;

  @Option(
      names = "--quarantine",
      paramLabel = "DIR",
      description = "Folder for an output that fails its audit (default: it is deleted).")
  private @Nullable Path quarantine;

  /** Whether no margin is asked for. */
  boolean usualMargin() {
    return margin == null;
  }

  /**
   * The options as given, with the usual margin where none is asked for.
   *
   * @throws ParameterException if one is out of range
   */
  RenderOptions options() {
    return options(RenderOptions.DEFAULT_MARGIN);
  }

  /**
   * The options as given.
   *
   * @param usualMargin where none is asked for
   * @throws ParameterException if one is out of range
   */
  RenderOptions options(double usualMargin) {
    double share = margin == null ? usualMargin : margin;
    return Usage.checked(
        spec,
        () ->
            new RenderOptions(
                styles.byClass(),
                share,
                cover,
                encoderSettings(),
                audio,
                onCorrupt,
                allowTruncated,
                smart,
                new AuditOptions(audit, Optional.ofNullable(quarantine))));
  }

  private EncoderSettings encoderSettings() {
    Optional<VideoCodec> named = encoder.named().map(KnownEncoder::codec);
    return new EncoderSettings(
        Optional.ofNullable(codec).or(() -> named), quality, preset, encoder);
  }

  /** Where outputs that fail their audit go. */
  Optional<Path> quarantine() {
    return Optional.ofNullable(quarantine);
  }

  /**
   * Refuses a folder for outputs that those which fail their audit would go to, too.
   *
   * @throws ParameterException if that is so
   */
  void checkFolder(Path outputs) {
    if (quarantine != null && Folders.isWithin(quarantine, outputs)) {
      throw amongOutputs(quarantine, outputs);
    }
  }

  private ParameterException amongOutputs(Path failed, Path outputs) {
    return Usage.error(
        spec,
        "--quarantine "
            + failed
            + " would put what failed its audit among the outputs in "
            + outputs
            + "; name a folder outside");
  }

  /**
   * Refuses an output whose folder those that fail their audit would go to, too, and an encoder by
   * name that writes what its container does not hold.
   *
   * @throws ParameterException if that is so
   */
  void checkOutput(Path output) {
    Path folder = Optional.ofNullable(output.toAbsolutePath().getParent()).orElse(output);
    if (quarantine != null && Folders.same(quarantine, folder)) {
      throw amongOutputs(quarantine, folder);
    }
    Optional<VideoCodec> named = encoder.named().map(KnownEncoder::codec);
    Optional<Container> container = Container.ofName(output);
    if (named.isPresent() && container.isPresent() && !container.get().holds(named.get())) {
      throw Usage.error(
          spec,
          encoder.id()
              + " writes "
              + named.get().id()
              + ", which "
              + output
              + " cannot hold; name another encoder or another ending");
    }
  }
}
