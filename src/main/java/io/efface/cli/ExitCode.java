package io.efface.cli;

import io.efface.batch.Failure;

/** The program's exit codes, from the least to the most severe. */
public enum ExitCode {
  /** All is done. */
  DONE(0),
  /** Done, but something wants a look. */
  ATTENTION(5),
  /** Some inputs failed. */
  FAILED(3),
  /** An output failed its audit and was not kept, or a file that was verified has faults. */
  AUDIT_FAILED(4),
  /** A fault of the program itself. */
  INTERNAL(1),
  /** The command line is wrong; nothing was done. */
  USAGE(2),
  /** Stopped from outside. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** What a job's failure comes to. */
  static ExitCode of(Failure.Kind kind) {
    return switch (kind) {
      case FAILED -> FAILED;
      case AUDIT_FAILED -> AUDIT_FAILED;
      case INTERNAL -> INTERNAL;
      case INTERRUPTED -> INTERRUPTED;
    };
  }

  /** The number for the operating system. */
  public int code() {
    return code;
  }

  /** The more severe of the two, for a batch. */
  public ExitCode worse(ExitCode other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
