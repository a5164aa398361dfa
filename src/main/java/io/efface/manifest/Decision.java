package io.efface.manifest;

/** What becomes of a track. */
public sealed interface Decision {

  /** The decision where nobody took another: destroy it. */
  Decision REDACT = new Redact();

  /** Its pixels are destroyed. */
  record Redact() implements Decision {}

  /**
   * It stays visible, on purpose.
   *
   * @param reason why, as whoever decided it put it
   */
  record Keep(String reason) implements Decision {
    /** Checks that there is a reason. */
    public Keep {
      reason = Checks.text("the reason to keep a track", reason);
    }
  }

  /**
   * It stays as it is, because it is none of what was looked for.
   *
   * @param reason how that is known, as whoever decided it put it
   */
  record Drop(String reason) implements Decision {
    /** Checks that there is a reason. */
    public Drop {
      reason = Checks.text("the reason to drop a track", reason);
    }
  }
}
