package io.efface.report;

import io.efface.manifest.FileIdentity;
import io.efface.manifest.FrameRange;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Tool;
import io.efface.manifest.Zone;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was done to one input. Holds no pixels and none of the input's metadata values.
 *
 * @param tool what did it
 * @param started when the job began; stored in whole milliseconds
 * @param finished when the output was whole
 * @param input what was read
 * @param output what was written
 * @param models the detectors
 * @param options how the job was set up
 * @param streams the input's streams, each once, in order
 * @param droppedMetadata what else of the input was left out
 * @param frames frames written
 * @param copying how many of them were copied; empty where none were to be
 * @param encoder what encoded the pictures; empty for a still
 * @param device what the detector ran on; empty where there was none
 * @param timing when the first and last frame are shown
 * @param tracks what was found, in the order of ids
 * @param zones parts of the picture that were destroyed whatever was in them
 * @param edits the file that held a person's decisions; empty where there was none
 * @param corruptFrames frames that were filled whole
 * @param checks what was checked on the finished output
 * @param residuals what the detector still finds in the output, outside the planned regions
 * @param attention what a person should look at, a line each
 * @param shots numbers of the frames that begin a shot, from 0, ascending
 * @param filing what whoever ran the job wants to stand here
 * @param signer fingerprint of the key that the report is signed with; empty where it is not
 */
public record Report(
    Tool tool,
    Instant started,
    Instant finished,
    FileIdentity input,
    FileIdentity output,
    List<ModelIdentity> models,
    ReportOptions options,
    List<StreamFate> streams,
    List<DroppedMetadata> droppedMetadata,
    long frames,
    Optional<Copying> copying,
    Optional<Means> encoder,
    Optional<Means> device,
    Timing timing,
    List<TrackSummary> tracks,
    List<Zone> zones,
    Optional<FileIdentity> edits,
    List<FrameRange> corruptFrames,
    List<Check> checks,
    List<Residual> residuals,
    List<String> attention,
    List<Long> shots,
    Filing filing,
    Optional<String> signer) {

  /** The version of the format that is written, and the only one that is read. */
  public static final int VERSION = 2;

  /**
   * Metadata that was left out: what kind and how much, never what it says.
   *
   * @param kind such as {@code file tags}
   * @param count how many
   */
  public record DroppedMetadata(String kind, long count) {
    /** Checks that there is something. */
    public DroppedMetadata {
      if (kind.isBlank() || count < 1) {
        throw new IllegalArgumentException("dropped metadata needs a kind and a count");
      }
    }
  }

  /**
   * When frames are shown.
   *
   * @param firstSeconds presentation time of the first frame
   * @param lastSeconds presentation time of the last frame
   */
  public record Timing(double firstSeconds, double lastSeconds) {
    /** Checks that the times are numbers. */
    public Timing {
      if (!Double.isFinite(firstSeconds) || !Double.isFinite(lastSeconds)) {
        throw new IllegalArgumentException("times must be finite");
      }
    }
  }

  /** What the report comes to. */
  public enum Verdict {
    /** Every check that ran passed and nothing wants a look. */
    DONE,
    /** Done, but a person should look at something. */
    ATTENTION,
    /** A check that ran failed, other than {@link Check#RESIDUE}. */
    FAILED;

    /** The name in the file. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the lists, cuts the times and checks the counts. */
  public Report {
    started = started.truncatedTo(ChronoUnit.MILLIS);
    finished = finished.truncatedTo(ChronoUnit.MILLIS);
    models = List.copyOf(models);
    streams = List.copyOf(streams);
    droppedMetadata = List.copyOf(droppedMetadata);
    tracks = List.copyOf(tracks);
    zones = List.copyOf(zones);
    corruptFrames = List.copyOf(corruptFrames);
    checks = List.copyOf(checks);
    residuals = List.copyOf(residuals);
    attention = List.copyOf(attention);
    shots = List.copyOf(shots);
    if (frames < 0) {
      throw new IllegalArgumentException("frames cannot be " + frames);
    }
  }

  /** What the checks and the lines for attention come to. */
  public Verdict verdict() {
    if (checks.stream().anyMatch(Check::failed)) {
      return Verdict.FAILED;
    }
    return attention.isEmpty() && residuals.isEmpty() ? Verdict.DONE : Verdict.ATTENTION;
  }
}
