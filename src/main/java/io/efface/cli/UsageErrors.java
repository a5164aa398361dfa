package io.efface.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How errors of the command line are told: what is wrong in a line, where help is in another. */
final class UsageErrors {
  private UsageErrors() {}

  /** Prints an error. */
  static int told(ParameterException e, String[] words) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    Failures.print(err, Failures.message(e) + meant(e) + dashed(words));
    err.print("Try '" + command.getCommandSpec().qualifiedName() + " --help'.\n");
    err.flush();
    return ExitCode.USAGE.code();
  }

  /** Commands or options that look like a word that is none. */
  private static String meant(ParameterException e) {
    List<String> known =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    return known.isEmpty() ? "" : "; did you mean " + String.join(" or ", known) + "?";
  }

  /** A word that begins as options do and ends as names of files do. */
  private static String dashed(String[] words) {
    return Stream.of(words)
        .filter(word -> word.matches("-[^-].*\\.\\p{Alnum}{2,4}"))
        .findFirst()
        .map(word -> "; if " + word + " is a file, write ./" + word)
        .orElse("");
  }

  /**
   * Refuses an empty word that is no option: Java would take it for the folder that the program was
   * started in, and none of the commands has another use for it.
   *
   * @throws ParameterException if there is one
   */
  static void refuseEmptyWords(ParseResult parsed) {
    List<ParseResult> commands = new ArrayList<>();
    for (ParseResult one = parsed; one != null; one = one.subcommand()) {
      commands.add(one);
    }
    for (ParseResult one : commands) {
      for (PositionalParamSpec spec : one.matchedPositionals()) {
        if (spec.originalStringValues().contains("")) {
          throw new ParameterException(
              spec.command().commandLine(), spec.paramLabel() + " is empty; name a file or folder");
        }
      }
    }
  }
}
