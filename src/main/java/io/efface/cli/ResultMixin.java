package io.efface.cli;

import picocli.CommandLine.Option;

/** The options that say what is printed and whether files are replaced. */
final class ResultMixin {
  @Option(names = "--overwrite", description = "Replace outputs that exist.")
  private boolean overwrite;

  @Option(
      names = "--json",
      description = "Results on standard output as JSON, one object a line, failures included.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress and no results in words.")
  private boolean quiet;

  boolean overwrite() {
    return overwrite;
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }
}
