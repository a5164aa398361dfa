package io.efface.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Metadata that holds for a whole film: what is said of a kind once may only be repeated. */
final class StaticMessages {
  private final Map<Integer, byte[]> first = new HashMap<>();

  /** Whether it is the first of its kind, or the same again; keeps the array. */
  boolean admits(int type, byte[] content) {
    byte[] before = first.putIfAbsent(type, content);
    return before == null || Arrays.equals(before, content);
  }
}
