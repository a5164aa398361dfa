package io.efface.audit;

/** A structure says something about its own size that is not so. Never leaves the audit. */
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * Without a stack: hostile files make many.
   *
   * @param offset of the byte that is not there, or that is wrong
   */
  Malformed(long offset) {
    super("malformed at byte " + offset, null, false, false);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
