package io.efface.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is printed and whether files are replaced. */
final class ResultMixin {
  @Option(names = "--overwrite", description = "Replace outputs that exist.")
  private boolean overwrite;

  @Mixin private PrintMixin print = new PrintMixin();

  boolean overwrite() {
    return overwrite;
  }

  boolean json() {
    return print.json();
  }

  boolean quiet() {
    return print.quiet();
  }

  /** What is printed. */
  PrintMixin print() {
    return print;
  }
}
