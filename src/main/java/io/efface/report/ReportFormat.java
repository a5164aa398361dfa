package io.efface.report;

/** Which reports are written. */
public enum ReportFormat {
  /** The one for programs. */
  JSON,
  /** The one for people. */
  HTML,
  /** One for each. */
  BOTH;

  /** Whether the one for programs is written. */
  public boolean json() {
    return this != HTML;
  }

  /** Whether the one for people is written. */
  public boolean html() {
    return this != JSON;
  }
}
