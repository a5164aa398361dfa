package io.efface.cli;

import io.efface.batch.Ending;
import io.efface.batch.Failure;
import io.efface.batch.Item;
import io.efface.batch.PassedOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts how the jobs of a batch ended. */
final class BatchTotals {
  private final List<Lost> failures = new ArrayList<>();
  private final Map<String, Integer> passedOver = new TreeMap<>();
  private int done;
  private int attention;
  private int skipped;
  private int skippedAttention;

  /** A job that came to nothing. */
  record Lost(Item item, Failure failure) {}

  void ended(Item item, Ending ending) {
    if (ending instanceof Ending.Done one) {
      done++;
      attention += one.outcome().attention().isEmpty() ? 0 : 1;
    } else if (ending instanceof Ending.Skipped before) {
      skipped++;
      skippedAttention += before.attention() ? 1 : 0;
    } else if (ending instanceof Ending.Failed failed) {
      failures.add(new Lost(item, failed.failure()));
    }
  }

  void passedOver(List<PassedOver> files) {
    files.forEach(file -> passedOver.merge(file.why(), 1, Integer::sum));
  }

  int ended() {
    return done + skipped + failures.size();
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

  List<Lost> failures() {
    return failures;
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
        + (failures.isEmpty() ? "" : ", " + failures.size() + " failed");
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

  /** The failures in columns: what became of a file, which, and why. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    int kinds = failures.stream().mapToInt(f -> kind(f).length()).max().orElse(0);
    for (Lost lost : failures) {
      String input = lost.item().input().toString();
      String why = lost.failure().message();
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
    return lost.failure().kind().id().replace('_', ' ');
  }
}
