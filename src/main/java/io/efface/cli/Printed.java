package io.efface.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Whether what a command printed has arrived: writers of text keep errors to themselves. */
final class Printed {
  private Printed() {}

  /**
   * The exit code of a command that was run.
   *
   * @param code what it came to by itself
   */
  static int checked(ParseResult parsed, int code) {
    CommandLine command = last(parsed).commandSpec().commandLine();
    // Unless a test takes the results, they go through the system's own stream.
    boolean lost = command.getOut().checkError() || System.out.checkError();
    if (!lost) {
      return code;
    }
    Failures.print(
        command.getErr(),
        "standard output: not all could be written; is the disk full, or nobody reading?");
    boolean mild = code == ExitCode.DONE.code() || code == ExitCode.ATTENTION.code();
    return mild ? ExitCode.FAILED.code() : code;
  }

  private static ParseResult last(ParseResult parsed) {
    return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
  }
}
