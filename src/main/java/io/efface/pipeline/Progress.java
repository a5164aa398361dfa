package io.efface.pipeline;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Told how a job advances, from any of its threads but never two at once. The core calls it; only
 * {@code cli} draws.
 */
public interface Progress {

  /** Hears nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void started(Path input, OptionalLong frames) {}

        @Override
        public void advanced(long frames, int objects) {}

        @Override
        public void auditing(Path output, OptionalLong frames) {}

        @Override
        public void finished() {}
      };

  /**
   * A job begins.
   *
   * @param frames how many frames there are to do, where the container tells; an estimate
   */
  void started(Path input, OptionalLong frames);

  /**
   * Frames are done.
   *
   * @param frames frames done since the start
   * @param objects tracks (or detections) found so far
   */
  void advanced(long frames, int objects);

  /**
   * The output is whole and is now audited; frames are counted anew, and objects are not.
   *
   * @param output the name that it is to get
   * @param frames how many frames there are to look at, where that is known
   */
  void auditing(Path output, OptionalLong frames);

  /** The job ended, well or not. */
  void finished();
}
