package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.manifest.Manifest;
import io.efface.manifest.Replay;
import io.efface.media.FrameScaler;
import io.efface.media.PixelLayout;
import io.efface.media.TimesDigest;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Checks that a finished file decodes cleanly to the frames that were planned: as many, at the same
 * times, of the same size, the same way up, and, where the input is at hand, each showing its own
 * picture and not its neighbour's. Looks at decoded frames one by one; owns a scaler and must be
 * closed.
 */
final class FrameAudit implements AutoCloseable {
  /** Frames that a shift is looked for in at once. */
  private static final int WINDOW = 24;

  /** How much nearer a neighbour's pictures must be, summed over a window and in one frame. */
  private static final double NEARER = 0.75;

  private static final double FAR_NEARER = 0.25;

  /** Least difference that can be told from noise, in codes of 8 bits. */
  private static final double MIN_DIFFERENCE = 1;

  private final Reference reference;
  private final FindingRuns runs = new FindingRuns(Finding.Kind.FRAMES);
  private final List<Finding> findings = new ArrayList<>();
  private final TimesDigest times = new TimesDigest();
  private final FrameScaler scaler = new FrameScaler();
  private Thumbnails now = new Thumbnails();
  private Thumbnails before = new Thumbnails();
  private boolean comparedBefore;
  private final double[] window = new double[3];
  private int windowFrames;
  private Tone tone = Tone.UNKNOWN;
  private long tones;
  private long otherTones;
  private double ownBefore;
  private double tick;
  private double firstSeconds = Double.NaN;
  private double firstPlanned = Double.NaN;
  private long frames;
  private long unmatched;

  FrameAudit(Reference reference) {
    this.reference = reference;
  }

  /** How many frames were seen. */
  long frames() {
    return frames;
  }

  /** How the output follows the input beside the regions, where last known. */
  Tone tone() {
    return tone;
  }

  /**
   * Looks at a frame.
   *
   * @param frame the finished file's, borrowed for the call
   * @param placed what the manifest says is in it
   */
  void look(VideoFrame frame, List<Replay.Placed> placed) {
    if (frames == 0) {
      reference.manifest().ifPresent(manifest -> checkShape(frame, manifest.input()));
    }
    if (frame.corrupt()) {
      fault("cannot be decoded cleanly", frame);
    }
    times.add(frame.pts());
    tick = frame.timeBase().toDouble();
    if (!placed.isEmpty() && reference.manifest().isPresent() && reference.original().isEmpty()) {
      double planned =
          reference.manifest().get().input().timeBase().seconds(placed.get(0).point().pts());
      checkTime(frame, planned, reference.manifest().get().input().timeBase().toDouble());
    }
    frames++;
  }

  private void checkShape(VideoFrame frame, Manifest.Input planned) {
    Orientation wanted = planned.orientation();
    int width = wanted.uprightWidth(planned.width(), planned.height());
    int height = wanted.uprightHeight(planned.width(), planned.height());
    if (!isSide(frame.uprightWidth(), width) || !isSide(frame.uprightHeight(), height)) {
      findings.add(
          new Finding(
              Finding.Kind.FRAMES,
              "is "
                  + frame.uprightWidth()
                  + "x"
                  + frame.uprightHeight()
                  + " instead of "
                  + width
                  + "x"
                  + height,
              "frame 0"));
    }
    if (frame.orientation() != wanted && frame.orientation() != Orientation.UPRIGHT) {
      findings.add(new Finding(Finding.Kind.FRAMES, "is turned otherwise than planned", "frame 0"));
    }
  }

  /** Encoders of subsampled pictures pad odd sides, and those of two fields to four rows. */
  private static boolean isSide(int found, int planned) {
    return found == planned
        || (planned % 2 != 0 && found == planned + 1)
        || (planned % 4 != 0 && found % 4 == 0 && found - planned > 0 && found - planned < 4);
  }

  /** Compares times from the first one that is known, as containers may start their clock anew. */
  private void checkTime(VideoFrame frame, double planned, double plannedTick) {
    if (Double.isNaN(firstSeconds)) {
      firstSeconds = frame.seconds();
      firstPlanned = planned;
    }
    double late = frame.seconds() - firstSeconds - (planned - firstPlanned);
    // Each of the four times is rounded to half a tick.
    if (Math.abs(late) > 1.01 * (tick + plannedTick)) {
      fault("is shown at another time than planned", frame);
    }
  }

  private void fault(String sentence, VideoFrame frame) {
    runs.add("a frame " + sentence, frame.index(), frame.seconds(), Optional.empty());
  }

  /**
   * Compares a frame's picture with that of the input's, beside the regions.
   *
   * @param frame the finished file's
   * @param original the input's of the same number
   * @param covered where the two differ on purpose, in pixels of the upright picture
   */
  void compare(VideoFrame frame, VideoFrame original, List<Box> covered) {
    if (reference.times().isEmpty()) {
      checkTime(frame, original.seconds(), original.timeBase().toDouble());
    }
    if (!isComparable(frame.layout(), original.layout())
        || frame.orientation() != original.orientation()) {
      return;
    }
    swap();
    now.take(scaler, frame, original, covered);
    Optional<Tone> seen = now.tone();
    seen.ifPresent(this::heed);
    double own = seen.map(Tone::difference).orElse(Double.NaN);
    double early = now.difference(before);
    double late = before.difference(now);
    if (comparedBefore && !Double.isNaN(own) && !Double.isNaN(early) && !Double.isNaN(late)) {
      weigh(frame, own, early, late);
    }
    ownBefore = own;
    comparedBefore = true;
  }

  /** Whether the luma of both means the same: grey is written as YUV. */
  private static boolean isComparable(PixelLayout a, PixelLayout b) {
    return a.equals(b)
        || (a.model() != PixelLayout.ColourModel.GBR
            && b.model() != PixelLayout.ColourModel.GBR
            && a.fullRange() == b.fullRange());
  }

  /** Says that the input had no frame left for this one, which so is not judged. */
  void unmatched() {
    unmatched++;
  }

  /** Says that the next frames are not to be compared with the ones before. */
  void skip() {
    comparedBefore = false;
  }

  private void swap() {
    Thumbnails free = before;
    before = now;
    now = free;
  }

  private void heed(Tone seen) {
    tone = seen;
    tones++;
    otherTones += seen.isAnother() ? 1 : 0;
  }

  /**
   * An encoder that saves bits repeats what it showed before, so that a single frame of a slow film
   * may be nearer to its neighbour; a second of film never is, and one frame not by far.
   *
   * @param early how far the output is from the input's frame before
   * @param late how far the output's frame before is from the input's frame
   */
  private void weigh(VideoFrame frame, double own, double early, double late) {
    if (own - early > MIN_DIFFERENCE && early < FAR_NEARER * own) {
      fault("shows the picture before its own", frame);
    }
    if (ownBefore - late > MIN_DIFFERENCE && late < FAR_NEARER * ownBefore) {
      fault("shows the picture after its own", frame);
    }
    window[0] += own;
    window[1] += early;
    window[2] += late;
    windowFrames++;
    if (windowFrames == WINDOW) {
      double nearest = Math.min(window[1], window[2]);
      if (nearest < NEARER * window[0] && window[0] - nearest > MIN_DIFFERENCE) {
        fault("of the second before shows its neighbour's picture", frame);
      }
      Arrays.fill(window, 0);
      windowFrames = 0;
    }
  }

  /**
   * What was found.
   *
   * @param reader the finished file's, at its end; empty if it could not be read so far
   */
  List<Finding> finish(Optional<VideoReader> reader) {
    reader.ifPresent(this::checkEnd);
    // An encoder that is late with a change of light is so in some frames, but never in the first.
    if (tones > 0 && otherTones == tones) {
      whole("is brighter, darker or of another contrast than the input throughout");
    }
    if (unmatched > 0) {
      whole(
          unmatched
              + (unmatched == 1 ? " frame" : " frames")
              + " could not be held against the input, which ended before");
    }
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(runs.finish());
    return all;
  }

  private void checkEnd(VideoReader reader) {
    OptionalInt streams = reference.streams();
    if (streams.isPresent() && streams.getAsInt() != reader.info().streams().size()) {
      whole(
          "holds " + reader.info().streams().size() + " streams instead of " + streams.getAsInt());
    }
    reader.info().truncated().or(reader::damage).ifPresent(why -> whole("is not whole: " + why));
    if (reader.decoder().refusedPackets() > 0) {
      whole(reader.decoder().refusedPackets() + " packets gave no picture");
    }
    boolean still = reader.info().still();
    // The codings that finished files hold have one picture to show in each sample.
    long packets = reader.decoder().sentPackets();
    if (!still && packets != frames) {
      whole("shows " + frames + " frames of " + packets + " packets");
    }
    if (frames == 0) {
      whole("shows no frame");
    }
    Optional<Long> planned = reference.manifest().map(m -> still ? 1 : m.input().frames());
    if (planned.isPresent() && planned.get() != frames) {
      whole("has " + frames + " frames where " + planned.get() + " were planned");
    } else if (!still && reference.times().isPresent() && !times.matches(reference.times().get())) {
      whole("shows its frames at other times than planned");
    }
  }

  private void whole(String sentence) {
    findings.add(new Finding(Finding.Kind.FRAMES, sentence, "the file"));
  }

  @Override
  public void close() {
    scaler.close();
  }
}
