package io.efface.cli;

import io.efface.pipeline.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Progress for logs: a line every ten percent, but not within 5 seconds, and at least every 30
 * seconds, of an audit only the latter. Called by one thread at a time; guards itself so that each
 * sees what the others wrote.
 */
final class LineProgress implements Progress {
  private static final long EVERY_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long SELDOM_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private String name = "";
  private boolean audit;
  private OptionalLong total = OptionalLong.empty();
  private TimeLeft timeLeft;
  private long start;
  private long lastLine;
  private long lastTenth;

  LineProgress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.timeLeft = new TimeLeft(nanoTime);
  }

  @Override
  public synchronized void started(Path input, OptionalLong frames) {
    begin(SafeText.of(OutputNames.fileName(input)), frames);
    audit = false;
  }

  @Override
  public synchronized void auditing(Path output, OptionalLong frames) {
    begin("audit of " + SafeText.of(OutputNames.fileName(output)), frames);
    audit = true;
  }

  private void begin(String what, OptionalLong frames) {
    name = what;
    total = frames;
    timeLeft = new TimeLeft(nanoTime);
    start = nanoTime.getAsLong();
    lastLine = start;
    lastTenth = 0;
  }

  @Override
  public synchronized void advanced(long frames, int objects) {
    if (name.isEmpty()) {
      // A job that tells that it lives before it tells what it is about.
      return;
    }
    timeLeft.advanced(frames);
    long now = nanoTime.getAsLong();
    long tenth = total.isPresent() && !audit ? tenth(frames, total.getAsLong()) : 0;
    if (now - lastLine < (tenth > lastTenth ? SELDOM_NANOS : EVERY_NANOS)) {
      return;
    }
    lastTenth = Math.max(tenth, lastTenth);
    lastLine = now;
    double fps = frames / Math.max(1e-9, (now - start) / 1e9);
    StringBuilder line = new StringBuilder(name).append(": ").append(frames);
    if (total.isPresent()) {
      line.append(" of ").append(total.getAsLong());
    }
    line.append(String.format(Locale.ROOT, " frames, %.1f fps", fps));
    if (total.isPresent()) {
      timeLeft
          .of(total.getAsLong())
          .ifPresent(
              left ->
                  line.append(", ").append(Durations.clock(left.toMillis() / 1e3)).append(" left"));
    }
    if (!audit) {
      line.append(", ").append(objects).append(" found");
    }
    err.print(line.append('\n'));
    err.flush();
  }

  @Override
  public void finished() {
    // The result says that the job ended.
  }

  /** Tenths done; a total is an estimate, so it may be passed, and then only time gives lines. */
  private static long tenth(long frames, long total) {
    return total <= 0 ? 0 : Math.min(10, frames * 10 / total);
  }
}
