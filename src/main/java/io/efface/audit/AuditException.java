package io.efface.audit;

/**
 * A finished output that did not pass its audit and was not kept. The message says what, which file
 * and what to do, in one line.
 */
public final class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AuditException(String message) {
    super(message);
  }
}
