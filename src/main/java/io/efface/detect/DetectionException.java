package io.efface.detect;

/** A model that cannot be loaded or run. The message says which and what to do. */
public final class DetectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DetectionException(String message) {
    super(message);
  }

  public DetectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
