package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects findings: at most three that say the same of the same place, and a hundred in all, since
 * one stray message a frame would make a list nobody reads.
 */
final class Findings {
  private static final int ALIKE = 3;
  private static final int MOST = 100;

  private final List<Finding> all = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  void add(Kind kind, String sentence, String path, long offset) {
    if (all.size() < MOST && counts.merge(path + '\n' + sentence, 1, Integer::sum) <= ALIKE) {
      all.add(Finding.atByte(kind, sentence, path, offset));
    }
  }

  /** A structure that is broken here. */
  void malformed(String path, long offset) {
    add(Kind.MALFORMED, "the structure contradicts itself or ends too early", path, offset);
  }

  /** Checks that a structure has been read to its end. */
  void exhausted(Slice body, String path) {
    if (body.hasRemaining()) {
      add(Kind.HIDDEN, "bytes behind the content of a structure", path, body.at());
    }
  }

  /** Checks that the rest of a filler is zero. */
  void blank(Slice body, String path) {
    long start = body.at();
    if (!body.isAll(0)) {
      add(Kind.HIDDEN, "filler with content", path, start);
    }
  }

  List<Finding> list() {
    return List.copyOf(all);
  }
}
