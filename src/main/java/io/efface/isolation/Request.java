package io.efface.isolation;

import io.efface.pipeline.RedactionJob;
import java.nio.file.Path;

/** What a parent asks of a child, one at a time. */
sealed interface Request {

  /**
   * Redact a file.
   *
   * @param job all paths absolute, without a key
   */
  record Redact(RedactionJob job) implements Request {}

  /** Tell how long a film is. */
  record Measure(Path file) implements Request {}

  /**
   * Try what a child must not be able to do.
   *
   * @param port of this machine, where somebody listens
   * @param file that is none of the child's business
   */
  record Probe(int port, Path file) implements Request {}
}
