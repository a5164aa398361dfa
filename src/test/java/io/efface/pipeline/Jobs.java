package io.efface.pipeline;

import io.efface.detect.Label;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.EncoderWish;
import io.efface.media.VideoCodec;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Jobs that take little time: a small detector's input and the encoder's least effort. */
public final class Jobs {
  private Jobs() {}

  /** Faces and plates by the default model. */
  public static DetectionOptions detection(int detectSize) {
    return new DetectionOptions(
        DetectionOptions.DEFAULT_MODEL, detectSize, Set.of(Label.values()), OptionalDouble.empty());
  }

  /** Quick rendering with sound, by software. */
  public static RenderOptions render(Style style) {
    return render(style, encoder(Optional.empty(), EncoderWish.SOFTWARE));
  }

  /** Settings that spend as little time as possible. */
  public static EncoderSettings encoder(Optional<VideoCodec> codec, EncoderWish wish) {
    return new EncoderSettings(codec, EncoderSettings.DEFAULT_QUALITY, Preset.ULTRAFAST, wish);
  }

  /** Rendering with sound. */
  public static RenderOptions render(Style style, EncoderSettings encoder) {
    return new RenderOptions(
        RenderOptions.everywhere(style),
        RenderOptions.DEFAULT_MARGIN,
        Cover.FACE,
        encoder,
        RenderOptions.Audio.KEEP,
        RenderOptions.OnCorrupt.BLANK,
        false,
        RenderOptions.Smart.OFF,
        AuditOptions.defaults());
  }

  /** A redaction with both reports beside the output. */
  public static RedactionJob redaction(Path input, Path output, int detectSize) {
    return new RedactionJob(
        input,
        output,
        detection(detectSize),
        render(new Style.Blur()),
        false,
        Optional.of(ReportRequest.beside(output)));
  }

  /** An audit against a manifest, by what the report beside the file says, if there is one. */
  public static VerifyJob verification(Path file, Path manifest, Optional<Path> original) {
    return new VerifyJob(
        file,
        Optional.of(manifest),
        original,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Where {@link #redaction} puts its report for programs. */
  public static Path report(Path output) {
    return output.resolveSibling(output.getFileName() + ".report.json");
  }

  /** The names of an output and of its reports. */
  public static String[] named(Path output) {
    String name = output.getFileName().toString();
    return new String[] {name, name + ".report.html", name + ".report.json"};
  }

  /** The names of a folder's files, hidden ones too. */
  public static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
