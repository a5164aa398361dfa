package io.efface.manifest;

import io.efface.detect.Label;
import io.efface.geometry.Orientation;
import io.efface.media.Rational;
import io.efface.redact.RegionPlanner;
import io.efface.track.Track;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What was found in one input and what is to become of it; holds no pixels. Numbers are rounded on
 * construction (see {@link Precision}), so a manifest equals the one read back from its file, and
 * the same input, models and options give the same bytes.
 *
 * @param tool what made it
 * @param input what was analysed
 * @param models the detectors, at least one unless nothing was looked for by one
 * @param classes what was looked for; stored in {@link Label}'s order
 * @param shots first frame of each shot: 0 first, rising
 * @param corrupt frames that could not be decoded cleanly, rising, apart
 * @param tracks each once; stored in the order of their ids
 * @param zones parts of the picture that are destroyed whatever is in them; numbered from 1
 * @param margin how far regions are to reach beyond what was found, in shares of its side, where
 *     that is more or less than usual
 */
public record Manifest(
    Tool tool,
    Input input,
    List<ModelIdentity> models,
    List<Label> classes,
    List<Long> shots,
    List<FrameRange> corrupt,
    List<Entry> tracks,
    List<Zone> zones,
    OptionalDouble margin) {

  /** The version of the format that is written, and the only one that is read. */
  public static final int VERSION = 1;

  /**
   * The analysed footage.
   *
   * @param file which file
   * @param container its format, as libav names it
   * @param stream index of the analysed stream
   * @param codec the stream's codec, as libav names it
   * @param width pixels a row, as stored
   * @param height rows, as stored
   * @param orientation how to turn the stored picture to see it upright
   * @param sampleAspect width to height of a stored pixel, or unknown
   * @param timeBase seconds a tick
   * @param frames how many were decoded
   */
  public record Input(
      FileIdentity file,
      String container,
      int stream,
      String codec,
      int width,
      int height,
      Orientation orientation,
      Rational sampleAspect,
      Rational timeBase,
      long frames) {

    /** Most pixels a side. */
    static final int MAX_SIDE = 1_000_000;

    /** Checks ranges. */
    public Input {
      container = Checks.text("the container", container);
      codec = Checks.text("the codec", codec);
      Checks.range("the stream's index", stream, 0, Integer.MAX_VALUE);
      Checks.range("the width", width, 1, MAX_SIDE);
      Checks.range("the height", height, 1, MAX_SIDE);
      Checks.range("the sample aspect's numerator", sampleAspect.num(), 0, Integer.MAX_VALUE);
      Checks.range("the sample aspect's denominator", sampleAspect.den(), 1, Integer.MAX_VALUE);
      Checks.range("the time base's numerator", timeBase.num(), 1, Integer.MAX_VALUE);
      Checks.range("the time base's denominator", timeBase.den(), 1, Integer.MAX_VALUE);
      Checks.range("the number of frames", frames, 1, Long.MAX_VALUE);
    }
  }

  /**
   * A track and what becomes of it.
   *
   * @param track boxes in pixels of the upright picture
   * @param decision whether it is destroyed
   */
  public record Entry(Track track, Decision decision) {

    /** Rounds the track. */
    public Entry {
      Checks.range("a track's id", track.id(), 1, Integer.MAX_VALUE);
      track = Precision.rounded(track);
    }
  }

  /** Copies, sorts and checks that everything lies within the input's frames. */
  public Manifest {
    models = List.copyOf(models);
    classes = classes.stream().distinct().sorted().toList();
    shots = List.copyOf(shots);
    corrupt = List.copyOf(corrupt);
    tracks = tracks.stream().sorted(Comparator.comparingInt((Entry e) -> e.track().id())).toList();
    checkShots(shots, input.frames());
    checkCorrupt(corrupt, input.frames());
    checkTracks(tracks, input.frames());
    zones = List.copyOf(zones);
    checkZones(zones, input.frames());
    if (!(margin.orElse(0) >= 0 && margin.orElse(0) <= RegionPlanner.MAX_MARGIN)) {
      throw new IllegalArgumentException(
          "the margin must be 0 to " + RegionPlanner.MAX_MARGIN + ", not " + margin.getAsDouble());
    }
  }

  /** A manifest of what a detector found, without zones. */
  public Manifest(
      Tool tool,
      Input input,
      List<ModelIdentity> models,
      List<Label> classes,
      List<Long> shots,
      List<FrameRange> corrupt,
      List<Entry> tracks) {
    this(tool, input, models, classes, shots, corrupt, tracks, List.of(), OptionalDouble.empty());
  }

  /** The same plan for another file with the same pictures. */
  public Manifest withInputFile(FileIdentity file) {
    Input moved =
        new Input(
            file,
            input.container(),
            input.stream(),
            input.codec(),
            input.width(),
            input.height(),
            input.orientation(),
            input.sampleAspect(),
            input.timeBase(),
            input.frames());
    return new Manifest(tool, moved, models, classes, shots, corrupt, tracks, zones, margin);
  }

  /** The same findings with a margin of its own. */
  public Manifest withMargin(OptionalDouble share) {
    return new Manifest(tool, input, models, classes, shots, corrupt, tracks, zones, share);
  }

  /** The same findings with other tracks and zones. */
  Manifest with(List<Entry> decided, List<Zone> drawn) {
    return new Manifest(tool, input, models, classes, shots, corrupt, decided, drawn, margin);
  }

  /** The tracks that are to be destroyed. */
  public List<Track> redacted() {
    return tracks.stream()
        .filter(e -> e.decision() instanceof Decision.Redact)
        .map(Entry::track)
        .toList();
  }

  /** The tracks that stay visible on purpose. */
  public List<Track> kept() {
    return tracks.stream()
        .filter(e -> e.decision() instanceof Decision.Keep)
        .map(Entry::track)
        .toList();
  }

  private static void checkShots(List<Long> shots, long frames) {
    if (shots.isEmpty() || shots.get(0) != 0) {
      throw new IllegalArgumentException("the first shot must begin at frame 0");
    }
    for (int i = 1; i < shots.size(); i++) {
      if (shots.get(i) <= shots.get(i - 1) || shots.get(i) >= frames) {
        throw new IllegalArgumentException(
            "shots must rise and begin before frame " + frames + ", not at " + shots.get(i));
      }
    }
  }

  private static void checkCorrupt(List<FrameRange> corrupt, long frames) {
    long before = -1;
    for (FrameRange range : corrupt) {
      if (range.first() <= before || range.last() >= frames) {
        throw new IllegalArgumentException(
            "corrupt frames must rise, lie apart and end before frame "
                + frames
                + ", not "
                + range.first()
                + " to "
                + range.last());
      }
      before = range.last();
    }
  }

  private static void checkTracks(List<Entry> tracks, long frames) {
    Set<Integer> ids = new HashSet<>();
    for (Entry entry : tracks) {
      Track track = entry.track();
      if (!ids.add(track.id())) {
        throw new IllegalArgumentException("two tracks have the id " + track.id());
      }
      if (track.first().frame() < 0 || track.last().frame() >= frames) {
        throw new IllegalArgumentException(
            "track " + track.id() + " reaches beyond the input's " + frames + " frames");
      }
    }
  }

  private static void checkZones(List<Zone> zones, long frames) {
    for (int i = 0; i < zones.size(); i++) {
      if (zones.get(i).frames().last() >= frames) {
        throw new IllegalArgumentException(
            "zone " + (i + 1) + " reaches beyond the input's " + frames + " frames");
      }
    }
  }
}
