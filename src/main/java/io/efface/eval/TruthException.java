package io.efface.eval;

/**
 * A list of truth that cannot be used. The message is one line that names the file, the line in it
 * and what is wrong.
 */
public final class TruthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TruthException(String message) {
    super(message);
  }

  public TruthException(String message, Throwable cause) {
    super(message, cause);
  }
}
