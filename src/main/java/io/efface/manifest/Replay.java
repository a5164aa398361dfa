package io.efface.manifest;

import io.efface.track.Track;
import io.efface.track.TrackPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Goes through a manifest frame after frame, never back, and tells what is in each.
 * Single-threaded.
 */
public final class Replay {
  private final List<FrameRange> corruptRanges;
  private final List<Track> waiting;
  private final List<Track> active = new ArrayList<>();
  private final List<PlacedZone> zones = new ArrayList<>();
  private int nextWaiting;
  private int nextCorrupt;

  /**
   * An object in one frame.
   *
   * @param track what it is
   * @param point where it is
   */
  public record Placed(Track track, TrackPoint point) {}

  /**
   * A part of the picture that is destroyed whatever is in it.
   *
   * @param number its place in the manifest, from 1
   * @param zone where it is
   */
  public record PlacedZone(int number, Zone zone) {}

  private Replay(List<Track> tracks, List<Zone> zones, List<FrameRange> corrupt) {
    this.corruptRanges = corrupt;
    for (Zone zone : zones) {
      this.zones.add(new PlacedZone(this.zones.size() + 1, zone));
    }
    this.waiting =
        tracks.stream()
            .sorted(
                Comparator.comparingLong((Track t) -> t.first().frame())
                    .thenComparingInt(Track::id))
            .toList();
  }

  /** The tracks and zones that are to be destroyed. */
  public static Replay ofRedacted(Manifest manifest) {
    return new Replay(manifest.redacted(), manifest.zones(), manifest.corrupt());
  }

  /** The tracks that are to stay, whyever. */
  public static Replay ofKept(Manifest manifest) {
    List<Track> kept =
        manifest.tracks().stream()
            .filter(e -> !(e.decision() instanceof Decision.Redact))
            .map(Manifest.Entry::track)
            .toList();
    return new Replay(kept, List.of(), manifest.corrupt());
  }

  /** What is in a frame, in the order of the tracks' numbers. */
  public List<Placed> objects(long frame) {
    while (nextWaiting < waiting.size() && waiting.get(nextWaiting).first().frame() <= frame) {
      active.add(waiting.get(nextWaiting++));
    }
    active.removeIf(track -> track.last().frame() < frame);
    active.sort(Comparator.comparingInt(Track::id));
    return active.stream()
        .map(t -> new Placed(t, t.points().get((int) (frame - t.first().frame()))))
        .toList();
  }

  /** The zones of a frame, in the manifest's order. */
  public List<PlacedZone> zones(long frame) {
    return zones.stream().filter(z -> z.zone().frames().contains(frame)).toList();
  }

  /** Whether a frame could not be decoded cleanly when the manifest was made. */
  public boolean corrupt(long frame) {
    while (nextCorrupt < corruptRanges.size() && corruptRanges.get(nextCorrupt).last() < frame) {
      nextCorrupt++;
    }
    return nextCorrupt < corruptRanges.size() && corruptRanges.get(nextCorrupt).first() <= frame;
  }
}
