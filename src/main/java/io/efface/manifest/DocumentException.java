package io.efface.manifest;

/**
 * A manifest, report, key or signature that cannot be read or written. The message is one line that
 * names the file, the place in it and what is wrong.
 */
public final class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DocumentException(String message) {
    super(message);
  }

  public DocumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
