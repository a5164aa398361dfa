package io.efface.pipeline;

/**
 * A job that could not be done for a reason the user can act on: one line that says what, which
 * file and what to do.
 */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobException(String message) {
    super(message);
  }

  public JobException(String message, Throwable cause) {
    super(message, cause);
  }
}
