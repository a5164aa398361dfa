package io.efface.batch;

import io.efface.audit.AuditException;
import io.efface.detect.DetectionException;
import io.efface.eval.TruthException;
import io.efface.manifest.DocumentException;
import io.efface.media.MediaException;
import io.efface.media.NativeCache;
import io.efface.pipeline.JobException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * Why a job came to nothing.
 *
 * @param kind what kind of reason
 * @param message one line: what, which file, what to do
 * @param cause where it arose
 */
public record Failure(Kind kind, String message, Throwable cause) {

  /** Kinds of reasons. */
  public enum Kind {
    /** Something about the file or its surroundings. */
    FAILED,
    /** The output was not what was planned. */
    AUDIT_FAILED,
    /** A fault of the program itself. */
    INTERNAL,
    /** Somebody stopped it. */
    INTERRUPTED;

    /** The name in documents. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Tells the kind by what was thrown.
   *
   * @param input what the job was about
   * @param e a job's exception, or an error that says that something is missing here: libraries or
   *     memory
   */
  public static Failure of(Path input, Throwable e) {
    if (e instanceof LinkageError missing) {
      return new Failure(Kind.FAILED, NativeCache.complaint(missing), e);
    }
    if (e instanceof OutOfMemoryError) {
      return new Failure(
          Kind.FAILED, input + ": needs more memory than a job may have; allow it more", e);
    }
    if (e instanceof CancellationException) {
      return new Failure(Kind.INTERRUPTED, "interrupted", e);
    }
    if (e instanceof AuditException) {
      return new Failure(Kind.AUDIT_FAILED, message(e), e);
    }
    if (e instanceof MediaException
        || e instanceof DetectionException
        || e instanceof JobException
        || e instanceof DocumentException
        || e instanceof TruthException) {
      return new Failure(Kind.FAILED, message(e), e);
    }
    return new Failure(Kind.INTERNAL, input + ": " + internal(e), e);
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What is said of a fault of the program itself. */
  public static String internal(Throwable e) {
    return "internal error: "
        + e.getClass().getSimpleName()
        + (e.getMessage() == null ? "" : ": " + e.getMessage())
        + " (--stacktrace shows where)";
  }
}
