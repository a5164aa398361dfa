package io.efface.cli;

import io.efface.batch.Ending;
import io.efface.batch.Failure;
import io.efface.batch.Item;
import io.efface.batch.PassedOver;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts how the jobs of a batch ended, of which there may be any number. */
final class BatchTotals {
  /** As many failures are listed at the end, the last ones; each was told when it came about. */
  private static final int MOST_LISTED = 10_000;

  private final Deque<Lost> failures = new ArrayDeque<>();
  private final Map<String, Integer> passedOver = new TreeMap<>();
  private int done;
  private int attention;
  private int skipped;
  private int skippedAttention;
  private int failed;
  private int interrupted;
  private int expected;

  /**
   * A job that came to nothing, or the whole batch where there is no input, without what it holds
   * on to.
   */
  record Lost(Optional<Path> input, Failure.Kind kind, String message) {}

  /** Counts a job that is still to come. */
  void expect() {
    expected++;
  }

  void ended(Item item, Ending ending) {
    if (ending instanceof Ending.Done end) {
      done++;
      attention += end.outcome().attention().isEmpty() ? 0 : 1;
    } else if (ending instanceof Ending.Skipped before) {
      skipped++;
      skippedAttention += before.attention() ? 1 : 0;
    } else if (ending instanceof Ending.Failed end) {
      if (end.failure().kind() == Failure.Kind.INTERRUPTED) {
        interrupted++;
      } else {
        failed++;
      }
      failures.add(
          new Lost(Optional.of(item.input()), end.failure().kind(), end.failure().message()));
      if (failures.size() > MOST_LISTED) {
        failures.remove();
      }
    }
  }

  /** Counts what ended the whole batch. */
  void broken(Failure failure) {
    failures.add(new Lost(Optional.empty(), failure.kind(), failure.message()));
  }

  void passedOver(List<PassedOver> files) {
    files.forEach(file -> passedOver.merge(file.why(), 1, Integer::sum));
  }

  int ended() {
    return done + skipped + failed + interrupted;
  }

  int done() {
    return done;
  }

  /** How many want a look, whether they were done now or before. */
  int attention() {
    return attention + skippedAttention;
  }

  int skipped() {
    return skipped;
  }

  int failed() {
    return failed;
  }

  int interrupted() {
    return interrupted;
  }

  /** How many jobs there are in all. */
  int expected() {
    return expected;
  }

  /** How many of the jobs that were to come have not ended; at a batch's end, never begun. */
  int left() {
    return expected - ended();
  }

  /** The last failures and interrupted jobs. */
  List<Lost> failures() {
    return List.copyOf(failures);
  }

  /** How many files of the input folders were left alone, by the reason. */
  Map<String, Integer> passedOver() {
    return passedOver;
  }

  boolean anyPassedOver() {
    return !passedOver.isEmpty();
  }

  /** {@code 12 done, 3 finished before, 2 failed}. */
  String words() {
    return done
        + " done"
        + looks(attention)
        + (skipped > 0 ? ", " + skipped + " finished before" + looks(skippedAttention) : "")
        + (failed == 0 ? "" : ", " + failed + " failed")
        + (interrupted == 0 ? "" : ", " + interrupted + " interrupted");
  }

  /** The same of a batch that has ended, with what it did not come to. */
  String sum() {
    return words() + (left() == 0 ? "" : ", " + left() + " not begun");
  }

  private static String looks(int count) {
    return count == 0 ? "" : " (" + count + (count == 1 ? " wants a look)" : " want a look)");
  }

  /** {@code ; left alone: a symbolic link (2), hidden (1)}. */
  String passedOverWords() {
    List<String> parts = new ArrayList<>();
    passedOver.forEach((why, count) -> parts.add(why + " (" + count + ")"));
    return parts.isEmpty() ? "" : "; left alone: " + String.join(", ", parts);
  }

  /** The last failures in columns: what became of a file, which, and why. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    int unlisted = failed + interrupted - failures.size();
    if (unlisted > 0) {
      lines.add("  " + unlisted + " earlier failures are not listed here");
    }
    int kinds = failures.stream().mapToInt(f -> kind(f).length()).max().orElse(0);
    for (Lost lost : failures) {
      String input = lost.input().map(Path::toString).orElse("");
      String why = lost.message();
      String prefix = input + ": ";
      lines.add(
          "  "
              + kind(lost)
              + " ".repeat(kinds - kind(lost).length())
              + "  "
              + input
              + "  "
              + (why.startsWith(prefix) ? why.substring(prefix.length()) : why));
    }
    return lines;
  }

  private static String kind(Lost lost) {
    return lost.kind().id().replace('_', ' ');
  }
}
