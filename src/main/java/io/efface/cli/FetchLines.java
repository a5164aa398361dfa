package io.efface.cli;

import io.efface.models.CatalogueModel;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Shows how much of a model is there: a line every ten percent, on standard error. */
final class FetchLines implements LongConsumer {
  private static final double MEGA = 1e6;

  private final PrintWriter err;
  private final CatalogueModel model;
  private long lastTenth;

  FetchLines(PrintWriter err, CatalogueModel model) {
    this.err = err;
    this.model = model;
  }

  @Override
  public void accept(long bytes) {
    long tenth = bytes * 10 / model.bytes();
    if (tenth > lastTenth) {
      lastTenth = tenth;
      err.print(
          String.format(
              Locale.ROOT,
              "%s: %.1f of %.1f MB\n",
              model.name(),
              bytes / MEGA,
              model.bytes() / MEGA));
      err.flush();
    }
  }
}
