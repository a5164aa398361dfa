package io.efface.cli;

import picocli.CommandLine.Option;

/** The options that say what is printed. */
final class PrintMixin {
  @Option(
      names = "--json",
      description = "Results on standard output as JSON, one object a line, failures included.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress and no results in words.")
  private boolean quiet;

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }
}
