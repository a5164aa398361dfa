package io.efface.audit;

/** Goes over samples in the order in which their tables name them. Single-threaded. */
interface Mp4Cursor {

  /**
   * Goes to the next sample, or to the next run of samples that all have one size.
   *
   * @return false behind the last one
   * @throws Malformed if the tables contradict each other
   */
  boolean next();

  /** Offset in the file of the current sample. */
  long offset();

  /** Bytes of the current sample or run. */
  long size();

  /** Presentation time, in ticks of the track. */
  long pts();

  /** How long it is shown, in ticks of the track. */
  long duration();

  Mp4Track track();
}
