package io.efface.cli;

import io.efface.audit.OutputAudit;
import io.efface.bench.Subject;
import io.efface.detect.Device;
import io.efface.detect.Label;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.EncoderWish;
import io.efface.media.VideoCodec;
import io.efface.pipeline.EvalJob;
import io.efface.pipeline.FileNames;
import io.efface.pipeline.RecallPreset;
import io.efface.pipeline.RenderOptions.Audio;
import io.efface.pipeline.RenderOptions.OnCorrupt;
import io.efface.pipeline.RenderOptions.Smart;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.ReportFormat;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** How the words of the command line become values. */
final class Choices {
  private Choices() {}

  /** Adds all converters to a command line and its subcommands. */
  static void register(CommandLine commandLine) {
    commandLine.registerConverter(Label.class, choice(Label.class));
    commandLine.registerConverter(Device.class, choice(Device.class));
    commandLine.registerConverter(ClassChoice.class, choice(ClassChoice.class));
    commandLine.registerConverter(VideoCodec.class, choice(VideoCodec.class));
    commandLine.registerConverter(Preset.class, choice(Preset.class));
    commandLine.registerConverter(Audio.class, choice(Audio.class));
    commandLine.registerConverter(OnCorrupt.class, choice(OnCorrupt.class));
    commandLine.registerConverter(Smart.class, choice(Smart.class));
    commandLine.registerConverter(OutputAudit.Level.class, choice(OutputAudit.Level.class));
    commandLine.registerConverter(Cover.class, choice(Cover.class));
    commandLine.registerConverter(RecallPreset.class, choice(RecallPreset.class));
    commandLine.registerConverter(ReportFormat.class, choice(ReportFormat.class));
    commandLine.registerConverter(EvalJob.Stills.Look.class, choice(EvalJob.Stills.Look.class));
    commandLine.registerConverter(
        IsolationMixin.Isolate.class, choice(IsolationMixin.Isolate.class));
    commandLine.registerConverter(WatchCommand.Fate.class, choice(WatchCommand.Fate.class));
    commandLine.registerConverter(Subject.class, choice(Subject.class));
    commandLine.registerConverter(EncoderWish.class, EncoderWords::parse);
    commandLine.registerConverter(Styles.class, Styles::parse);
    commandLine.registerConverter(Path.class, Choices::path);
    commandLine.registerConverter(Double.class, Choices::decimal);
    commandLine.registerConverter(double.class, Choices::decimal);
    ITypeConverter<Long> whole = whole(Long.MAX_VALUE);
    ITypeConverter<Long> small = whole(Integer.MAX_VALUE);
    commandLine.registerConverter(Long.class, whole);
    commandLine.registerConverter(long.class, whole);
    commandLine.registerConverter(Integer.class, word -> small.convert(word).intValue());
    commandLine.registerConverter(int.class, word -> small.convert(word).intValue());
  }

  /**
   * Has shells complete the words of choices as they are written in help: in small letters.
   *
   * @param commandLine with its subcommands
   */
  static void completeInSmallLetters(CommandLine commandLine) {
    CommandSpec spec = commandLine.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      Class<?> type = option.auxiliaryTypes()[0];
      if (type.isEnum()) {
        List<String> words =
            Stream.of(type.getEnumConstants()).map(value -> id((Enum<?>) value)).toList();
        spec.remove(option);
        spec.addOption(OptionSpec.builder(option).completionCandidates(words).build());
      }
    }
    commandLine.getSubcommands().values().forEach(Choices::completeInSmallLetters);
  }

  private static Path path(String word) {
    if (word.isEmpty()) {
      // Java takes the empty name for the folder that the program was started in.
      throw new TypeConversionException("is empty; name a file or folder");
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(FileNames.refusal(word));
    }
  }

  private static Double decimal(String word) {
    try {
      return Double.valueOf(word);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + word + "' is no number; write one such as 0.5");
    }
  }

  private static ITypeConverter<Long> whole(long most) {
    return word -> {
      try {
        long value = Long.parseLong(word);
        if (Math.abs(value) <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, as a number that is too large is.
      }
      throw new TypeConversionException(
          "'" + word + "' is no whole number that can be used; write one such as 10");
    };
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
    try {
      return Style.ofWords(word);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
