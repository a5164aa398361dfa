package io.efface.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for what another process makes, beside the final names and on the same disk. It is
 * hidden, and is removed with all in it when it is closed, or by the next run that works there.
 */
public final class Staging implements AutoCloseable {
  private final Path folder;
  private int jobs;

  private Staging(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes such a folder.
   *
   * @param outputs the folder of the outputs, made if it is not there
   * @throws JobException if it cannot be written to
   */
  public static Staging in(Path outputs) {
    Path folder = OtherProcess.named(TemporaryOutput.beside(outputs.resolve("staging")).path());
    try {
      Files.createDirectory(folder);
      return new Staging(folder);
    } catch (IOException e) {
      throw new JobException(
          outputs + ": cannot be written to; check its permissions or choose another folder", e);
    }
  }

  /**
   * Makes one in the system's folder for temporary files, which nobody but the user may look into.
   *
   * @throws JobException if that cannot be written to
   */
  public static Staging temporary() {
    try {
      return new Staging(OtherProcess.named(Files.createTempDirectory("efface-")));
    } catch (IOException e) {
      throw new JobException(
          System.getProperty("java.io.tmpdir") + ": cannot be written to; is the disk full?", e);
    }
  }

  /** The folder, by the name that {@link OtherProcess#named} gives it. */
  public Path folder() {
    return folder;
  }

  /**
   * Prepares a job for another process, in a folder of its own that the result closes.
   *
   * @throws JobException if the job cannot be done as asked, or there is no space left
   */
  public StagedJob stage(RedactionJob job) {
    make();
    return StagedJob.of(job, folder.resolve("job-" + ++jobs));
  }

  /** Makes the folder again where somebody removed it, as with the folder that it is in. */
  private void make() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new JobException(
          folder.getParent() + ": cannot be written to; check that it is there, and the disk", e);
    }
  }

  @Override
  public void close() {
    remove(folder);
  }

  /**
   * Removes a folder with all in it, but nothing that links in it lead to.
   *
   * @throws JobException if it cannot be removed
   */
  public static void remove(Path folder) {
    try {
      SharedFolder.delete(folder);
    } catch (IOException e) {
      throw new JobException(folder + ": cannot be removed; delete it by hand", e);
    }
  }
}
