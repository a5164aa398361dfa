package io.efface.manifest;

import io.efface.geometry.Box;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Folds edits into a manifest, so that rendering, audit and report need to know of manifests only.
 *
 * <p>In the order of precedence:
 *
 * <ol>
 *   <li>Zones and boxes that a person drew to be destroyed are destroyed, whatever else is said:
 *       they become zones and tracks of the manifest, and what covers a track that is kept covers
 *       it.
 *   <li>A decision on a track by its number holds.
 *   <li>A zone that keeps what is in it turns into the decision to keep each track that a detector
 *       found and that lies wholly in it, in every frame that the track has, extended ones too.
 *       Somebody who passes in front of a poster is therefore not left visible with it.
 *   <li>Everything else stays as the manifest has it.
 * </ol>
 */
public final class Amendment {
  private final Manifest manifest;
  private final Edits edits;
  private final FrameTimes times;
  private final double width;
  private final double height;
  private final List<String> idle = new ArrayList<>();

  /**
   * An amendment, not made yet.
   *
   * @param times of every frame of the manifest's film
   */
  public Amendment(Manifest manifest, Edits edits, FrameTimes times) {
    this.manifest = manifest;
    this.edits = edits;
    this.times = times;
    Manifest.Input input = manifest.input();
    this.width = input.orientation().uprightWidth(input.width(), input.height());
    this.height = input.orientation().uprightHeight(input.width(), input.height());
  }

  /**
   * The manifest with the edits in it.
   *
   * @throws IllegalArgumentException if an edit does not fit the manifest or the film; the message
   *     says which and why, in one line
   */
  public Manifest made() {
    Map<Integer, Manifest.Entry> entries = new LinkedHashMap<>();
    manifest.tracks().forEach(entry -> entries.put(entry.track().id(), entry));
    decide(entries);
    List<Zone> zones = new ArrayList<>(manifest.zones());
    for (int i = 0; i < edits.zones().size(); i++) {
      Edits.Area area = edits.zones().get(i);
      String name = "zone " + (i + 1);
      named(name, () -> checkSeen(area.outline().bounds()));
      if (area.fate() == Edits.Fate.KEEP) {
        keep(name, area, entries);
      } else {
        zones.add(new Zone(named(name, () -> frames(area, true)), area.outline(), area.reason()));
      }
    }
    int id = entries.keySet().stream().mapToInt(i -> i).max().orElse(0);
    for (int i = 0; i < edits.boxes().size(); i++) {
      Edits.Drawn drawn = edits.boxes().get(i);
      int next = ++id;
      Track track = named("box " + (i + 1), () -> track(next, drawn));
      entries.put(next, new Manifest.Entry(track, Decision.REDACT));
    }
    return manifest.with(List.copyOf(entries.values()), zones);
  }

  /** What changed nothing, a line each, after {@link #made}. */
  public List<String> idle() {
    return List.copyOf(idle);
  }

  private void decide(Map<Integer, Manifest.Entry> entries) {
    for (Edits.OnTrack one : edits.tracks()) {
      Manifest.Entry entry = entries.get(one.track());
      if (entry == null) {
        throw new IllegalArgumentException(
            "there is no track "
                + one.track()
                + " in the manifest, which has "
                + manifest.tracks().size()
                + "; is it the right one?");
      }
      entries.put(one.track(), new Manifest.Entry(entry.track(), one.decision()));
    }
  }

  private void keep(String name, Edits.Area area, Map<Integer, Manifest.Entry> entries) {
    FrameRange span = named(name, () -> frames(area, false));
    String reason = "in a zone to be left visible: " + area.reason().orElseThrow();
    boolean kept = false;
    for (Map.Entry<Integer, Manifest.Entry> at : entries.entrySet()) {
      Track track = at.getValue().track();
      if (at.getValue().decision() instanceof Decision.Redact
          && edits.tracks().stream().noneMatch(one -> one.track() == track.id())
          && isWithin(track, area, span)) {
        at.setValue(new Manifest.Entry(track, named(name, () -> new Decision.Keep(reason))));
        kept = true;
      }
    }
    if (!kept) {
      idle.add(
          name
              + " of the edits left nothing visible: no object lies wholly in it from its first to"
              + " its last frame");
    }
  }

  private static boolean isWithin(Track track, Edits.Area area, FrameRange span) {
    return span.contains(track.first().frame())
        && span.contains(track.last().frame())
        && track.points().stream()
            .allMatch(p -> p.origin() != Origin.MANUAL && area.outline().contains(p.box()));
  }

  /** In doubt, what is destroyed lasts longer and what is kept is less; see {@link FrameTimes}. */
  private FrameRange frames(Edits.Area area, boolean outer) {
    Optional<Edits.Span> span = area.span();
    if (span.isEmpty()) {
      return new FrameRange(0, times.frames() - 1);
    }
    return outer
        ? times.outer(span.get().from(), span.get().to())
        : times.inner(span.get().from(), span.get().to());
  }

  private Track track(int id, Edits.Drawn drawn) {
    List<Edits.Key> keys = drawn.keys();
    FrameRange span = times.outer(keys.get(0).at(), keys.get(keys.size() - 1).at());
    for (int i = 0; i < keys.size(); i++) {
      checkSeen(keys.get(i).box());
      // Two keys of one box that stays for a single frame are at one time.
      boolean stays = keys.size() == 2 && keys.get(0).box().equals(keys.get(1).box());
      if (i > 0
          && !stays
          && times.seconds(keys.get(i).at()) <= times.seconds(keys.get(i - 1).at())) {
        throw new IllegalArgumentException("its keys must follow one another in time");
      }
    }
    List<TrackPoint> points = new ArrayList<>();
    for (long frame = span.first(); frame <= span.last(); frame++) {
      Box box = at(keys, times.seconds(frame));
      points.add(new TrackPoint(frame, times.pts(frame), box, 0, Origin.MANUAL));
    }
    return new Track(id, drawn.label(), points);
  }

  /** Where a drawn object is at a time; before the first key and after the last it stays there. */
  private Box at(List<Edits.Key> keys, double seconds) {
    Edits.Key before = keys.get(0);
    for (Edits.Key key : keys) {
      double end = times.seconds(key.at());
      if (seconds <= end) {
        double start = times.seconds(before.at());
        return start < end ? before.box().lerp(key.box(), share(seconds, start, end)) : key.box();
      }
      before = key;
    }
    return before.box();
  }

  private static double share(double seconds, double start, double end) {
    return Math.max(0, (seconds - start) / (end - start));
  }

  private Box checkSeen(Box box) {
    if (box.clip(width, height).isEmpty()) {
      throw new IllegalArgumentException(
          "it lies outside the picture, which is "
              + (long) width
              + "x"
              + (long) height
              + " pixels when upright");
    }
    return box;
  }

  private static <T> T named(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
