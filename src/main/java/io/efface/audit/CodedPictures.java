package io.efface.audit;

/**
 * Follows the pictures of H.264 or HEVC through the samples: each sample is to hold one, of which
 * all is shown. Single-threaded.
 */
interface CodedPictures {
  /**
   * Reads a parameter set, which holds from here on.
   *
   * @param unit from its header on; stays where it is
   * @throws Malformed if it contradicts itself
   */
  void parameters(Slice unit, String path, Findings findings);

  /** A sample begins. */
  void begin();

  /**
   * Reads the beginning of a slice.
   *
   * @param unit from its header on; stays where it is
   * @throws Malformed if it contradicts itself or refers to parameters that are not there
   */
  void slice(Slice unit, String path, Findings findings);

  /** A sequence ends: what follows begins anew. */
  void restart();

  /**
   * A sample ends.
   *
   * @param start where it began
   */
  void end(String path, long start, Findings findings);
}
