package io.efface.batch;

import io.efface.pipeline.RedactionJob;
import java.nio.file.Path;

/**
 * One job of a batch.
 *
 * @param number from 1, in the batch's order
 * @param label what the job is called in the journal: never more than the outputs' names tell where
 *     these hide the inputs'
 * @param job what is to be done
 */
public record Item(int number, String label, RedactionJob job) {

  /** The file that is read. */
  public Path input() {
    return job.input();
  }
}
