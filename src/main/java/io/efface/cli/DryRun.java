package io.efface.cli;

import io.efface.batch.Forecast;
import io.efface.pipeline.Length;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Prints what a batch would do. */
final class DryRun {
  private final PrintWriter out;
  private final boolean json;

  DryRun(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Prints a line a job and the sum.
   *
   * @param framesASecond how fast a job slot was here before; empty if nothing was done here yet
   */
  void print(List<Forecast> forecasts, OptionalDouble framesASecond, int slots) {
    forecasts.forEach(forecast -> line(json ? object(forecast) : words(forecast)));
    long todo = forecasts.stream().filter(f -> f.length().isPresent()).count();
    long frames = 0;
    double seconds = 0;
    for (Forecast forecast : forecasts) {
      frames += forecast.length().map(Length::frames).map(f -> f.orElse(0)).orElse(0L);
      seconds += forecast.length().map(Length::seconds).map(s -> s.orElse(0)).orElse(0.0);
    }
    long all = frames;
    double lasts = seconds;
    OptionalDouble estimate =
        framesASecond.isPresent()
            ? OptionalDouble.of(all / framesASecond.getAsDouble() / slots)
            : OptionalDouble.empty();
    if (json) {
      line(
          JsonLine.of(
              generator -> {
                generator.writeStringField("status", "summary");
                generator.writeNumberField("todo", todo);
                generator.writeNumberField("frames", all);
                generator.writeNumberField("seconds", lasts);
                if (estimate.isPresent()) {
                  generator.writeNumberField("estimatedSeconds", estimate.getAsDouble());
                }
              }));
    } else {
      line(
          String.format(
                  Locale.ROOT,
                  "%d of %d to do, %d frames, %s of film; ",
                  todo,
                  forecasts.size(),
                  all,
                  Durations.clock(lasts))
              + (estimate.isPresent()
                  ? "about " + Durations.clock(estimate.getAsDouble()) + " at the pace so far"
                  : "no estimate, since nothing was done in this folder yet"));
    }
  }

  private static String words(Forecast forecast) {
    String what =
        switch (forecast.fate()) {
          case DO -> "do      ";
          case REDO -> "do again";
          case SKIP -> "skip    ";
          case REFUSE -> "refuse  ";
        };
    String length =
        forecast.length().map(Length::seconds).filter(OptionalDouble::isPresent).isPresent()
            ? "  " + Durations.clock(forecast.length().get().seconds().getAsDouble())
            : "";
    return what
        + "  "
        + forecast.item().input()
        + " -> "
        + forecast.item().job().output()
        + length
        + forecast.problem().map(why -> "  " + why).orElse("");
  }

  private static String object(Forecast forecast) {
    return JsonLine.of(
        generator -> {
          generator.writeStringField("status", "planned");
          generator.writeStringField("fate", Choices.id(forecast.fate()));
          generator.writeStringField("input", forecast.item().input().toString());
          generator.writeStringField("output", forecast.item().job().output().toString());
          if (forecast.length().isPresent()) {
            Length length = forecast.length().get();
            if (length.frames().isPresent()) {
              generator.writeNumberField("frames", length.frames().getAsLong());
            }
            if (length.seconds().isPresent()) {
              generator.writeNumberField("seconds", length.seconds().getAsDouble());
            }
          }
          if (forecast.problem().isPresent()) {
            generator.writeStringField("problem", forecast.problem().get());
          }
        });
  }

  private void line(String text) {
    out.print(SafeText.of(text) + "\n");
    out.flush();
  }
}
