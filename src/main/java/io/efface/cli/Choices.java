package io.efface.cli;

import io.efface.audit.OutputAudit;
import io.efface.detect.Label;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.VideoCodec;
import io.efface.pipeline.RenderOptions.Audio;
import io.efface.pipeline.RenderOptions.OnCorrupt;
import io.efface.redact.Style;
import io.efface.report.ReportFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of the command line become values. */
final class Choices {
  private static final Pattern SOLID =
      Pattern.compile("solid(?::#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))?");
  private static final Pattern MOSAIC = Pattern.compile("mosaic(?::(\\d{1,4}))?");
  private static final int DEFAULT_CELLS = Style.Mosaic.MAX_CELLS;

  private Choices() {}

  /** Adds all converters to a command line and its subcommands. */
  static void register(CommandLine commandLine) {
    commandLine.registerConverter(Label.class, choice(Label.class));
    commandLine.registerConverter(VideoCodec.class, choice(VideoCodec.class));
    commandLine.registerConverter(Preset.class, choice(Preset.class));
    commandLine.registerConverter(Audio.class, choice(Audio.class));
    commandLine.registerConverter(OnCorrupt.class, choice(OnCorrupt.class));
    commandLine.registerConverter(OutputAudit.Level.class, choice(OutputAudit.Level.class));
    commandLine.registerConverter(ReportFormat.class, choice(ReportFormat.class));
    commandLine.registerConverter(
        IsolationMixin.Isolate.class, choice(IsolationMixin.Isolate.class));
    commandLine.registerConverter(WatchCommand.Fate.class, choice(WatchCommand.Fate.class));
    commandLine.registerConverter(Styles.class, Styles::parse);
  }

  private static <E extends Enum<E>> ITypeConverter<E> choice(Class<E> type) {
    List<E> values = Arrays.asList(type.getEnumConstants());
    return word -> {
      for (E value : values) {
        if (id(value).equals(word.toLowerCase(Locale.ROOT))) {
          return value;
        }
      }
      String known = values.stream().map(Choices::id).collect(Collectors.joining(", "));
      throw new TypeConversionException("'" + word + "' is none of " + known);
    };
  }

  /** An enum's name on the command line. */
  static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A style by its name, without a class. */
  static Style style(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("blur")) {
      return new Style.Blur();
    }
    Matcher solid = SOLID.matcher(lower);
    if (solid.matches()) {
      return solid.group(1) == null
          ? new Style.Solid(0, 0, 0)
          : new Style.Solid(hex(solid.group(1)), hex(solid.group(2)), hex(solid.group(3)));
    }
    Matcher mosaic = MOSAIC.matcher(lower);
    if (mosaic.matches()) {
      String cells = mosaic.group(1);
      try {
        return new Style.Mosaic(cells == null ? DEFAULT_CELLS : Integer.parseInt(cells));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
    throw new TypeConversionException(
        "'" + word + "' is none of blur, solid, solid:#rrggbb, mosaic, mosaic:1 to mosaic:6");
  }

  private static int hex(String digits) {
    return Integer.parseInt(digits, 16);
  }
}
