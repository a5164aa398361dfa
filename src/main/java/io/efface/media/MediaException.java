package io.efface.media;

import java.nio.file.Path;

/**
 * Footage that cannot be read or written. The message says what, which file and what to do, in one
 * line.
 */
public final class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final String operation;
  private final String reason;

  /**
   * A failure.
   *
   * @param path the file at fault
   * @param operation what was being done, as a verb: {@code open}, {@code decode}, {@code write}
   * @param message what is wrong and what to do, without the file's name
   */
  public MediaException(Path path, String operation, String message) {
    super(path + ": " + message);
    this.path = path;
    this.operation = operation;
    this.reason = message;
  }

  /** The same, with what led to it. */
  public MediaException(Path path, String operation, String message, Throwable cause) {
    this(path, operation, message);
    initCause(cause);
  }

  /** The file at fault. */
  public Path path() {
    return path;
  }

  /** The message without the file's name. */
  String reason() {
    return reason;
  }

  /** What was being done. */
  public String operation() {
    return operation;
  }
}
