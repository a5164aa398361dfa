package io.efface.isolation;

import io.efface.batch.Failure;
import io.efface.detect.Label;
import io.efface.pipeline.Length;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a child says to its parent. */
sealed interface Reply {

  /** The child is there and speaks this version of the protocol. */
  record Hello(int version) implements Reply {}

  /**
   * The work began.
   *
   * @param frames how many there are to do, where that is known
   */
  record Started(OptionalLong frames) implements Reply {}

  /**
   * The output is whole and is audited now.
   *
   * @param frames how many there are to look at, where that is known
   */
  record Auditing(OptionalLong frames) implements Reply {}

  /**
   * The work goes on.
   *
   * @param steps a number that grows as long as anything gets on
   * @param frames frames done
   * @param objects objects found
   */
  record Advanced(long steps, long frames, int objects) implements Reply {}

  /** The child says nothing more, for it is gone; never sent. */
  record Gone() implements Reply {}

  /** An answer, after which the child waits for the next request. */
  sealed interface Last extends Reply {}

  /** The output is whole. */
  record Redacted(
      long frames,
      Map<Label, Integer> objects,
      long corruptFrames,
      List<String> attention,
      List<String> notes)
      implements Last {
    /** Copies the collections. */
    public Redacted {
      objects = Map.copyOf(objects);
      attention = List.copyOf(attention);
      notes = List.copyOf(notes);
    }
  }

  /** A film's length. */
  record Measured(Length length) implements Last {}

  /**
   * What the child could do.
   *
   * @param network whether it reached the port
   * @param file whether it read the file
   */
  record Probed(boolean network, boolean file) implements Last {}

  /** The work came to nothing. */
  record Failed(Failure.Kind kind, String message) implements Last {}
}
