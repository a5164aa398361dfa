package io.efface.cli;

import io.efface.pipeline.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress for terminals: one line that is drawn again, with frames, frames a second, time left and
 * objects found. Called by one thread at a time; the bar draws on a thread of its own.
 */
final class BarProgress implements Progress {
  private static final int MOST_WIDTH = 100;
  private static final int NAME_WIDTH = 24;
  private static final int LEAST_NAME = 8;

  private final PrintWriter err;
  private final int width;
  private final LongSupplier nanoTime;
  private TimeLeft timeLeft;
  private boolean audit;
  private Optional<ProgressBar> bar = Optional.empty();

  /**
   * Progress on one line.
   *
   * @param columns how many letters fit on the terminal's line
   */
  BarProgress(PrintWriter err, int columns, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.timeLeft = new TimeLeft(nanoTime);
    // In the last column some terminals go on to the next line, where the bar would be drawn again.
    this.width = Math.min(MOST_WIDTH, columns - 1);
  }

  @Override
  public synchronized void started(Path input, OptionalLong frames) {
    audit = false;
    begin(SafeText.of(OutputNames.fileName(input)), frames);
  }

  @Override
  public synchronized void auditing(Path output, OptionalLong frames) {
    audit = true;
    begin("audit of " + SafeText.of(OutputNames.fileName(output)), frames);
  }

  private void begin(String name, OptionalLong frames) {
    finished();
    int most = Math.max(LEAST_NAME, Math.min(NAME_WIDTH, width / 3));
    TimeLeft left = new TimeLeft(nanoTime);
    timeLeft = left;
    bar =
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName(name.length() > most ? name.substring(0, most - 3) + "..." : name)
                .setInitialMax(frames.orElse(-1))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setUnit(" frames", 1)
                .setEtaFunction(state -> left.of(state.getMax()))
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, width))
                .build());
  }

  @Override
  public synchronized void advanced(long frames, int objects) {
    bar.ifPresent(
        b -> {
          // A total is an estimate: the bar grows rather than show more than all.
          if (!b.isIndefinite() && frames > b.getMax()) {
            b.maxHint(frames);
          }
          if (!audit) {
            b.setExtraMessage(" " + objects + " found");
          }
          timeLeft.advanced(frames);
          b.stepTo(frames);
        });
  }

  @Override
  public synchronized void finished() {
    bar.ifPresent(
        b -> {
          b.close();
          err.print("\n");
          err.flush();
        });
    bar = Optional.empty();
  }

  private void draw(String line) {
    err.print("\r" + line);
    err.flush();
  }
}
