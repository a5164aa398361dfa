package io.efface.audit;

/** Looks into the coded samples of a track. Single-threaded. */
@FunctionalInterface
interface SampleCheck {
  /** Of codings that have no place for anything but pictures or sound. */
  SampleCheck NONE = (sample, path, findings) -> {};

  /**
   * Looks into a sample.
   *
   * @param sample its bytes
   * @param path of its track, for findings
   * @throws Malformed if it contradicts itself
   */
  void check(Slice sample, String path, Findings findings);

  /**
   * The last sample was looked into.
   *
   * @param path of its track, for findings
   */
  default void finish(String path, Findings findings) {}
}
