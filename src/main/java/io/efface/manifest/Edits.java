package io.efface.manifest;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Polygon;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person decided about a film, to be folded into its manifest; holds no pixels.
 *
 * @param manifest SHA-256 of the manifest's file that the tracks' numbers are of; empty where that
 *     is not said
 * @param tracks decisions on tracks, at most one each
 * @param boxes objects that a person drew
 * @param zones parts of the picture
 */
public record Edits(
    Optional<String> manifest, List<OnTrack> tracks, List<Drawn> boxes, List<Area> zones) {

  /** The version of the format, and the only one that is read. */
  public static final int VERSION = 1;

  /**
   * A decision on a track.
   *
   * @param track its number in the manifest
   * @param decision what becomes of it
   */
  public record OnTrack(int track, Decision decision) {}

  /**
   * An object that a person drew; destroyed like one that was found.
   *
   * @param label what it is
   * @param keys where it is at two moments or more, in order; in between it moves evenly
   */
  public record Drawn(Label label, List<Key> keys) {
    /** Copies the keys and checks that there are enough. */
    public Drawn {
      keys = List.copyOf(keys);
      if (keys.size() < 2) {
        throw new IllegalArgumentException(
            "a path has at least two keys; for a box that stays give 'box' and 'frames'");
      }
    }
  }

  /**
   * Where a drawn object is.
   *
   * @param at when
   * @param box in pixels of the upright picture, not empty
   */
  public record Key(Moment at, Box box) {
    /** Checks that the box covers something. */
    public Key {
      if (box.isEmpty()) {
        throw new IllegalArgumentException("a box needs a width and a height above 0");
      }
    }
  }

  /** What becomes of an area. */
  public enum Fate {
    /** Destroyed whatever is in it. */
    REDACT,
    /**
     * Objects that were found and lie wholly in it in every frame of theirs are left as they are.
     */
    KEEP
  }

  /**
   * From when to when. Where something is to be destroyed, an end in seconds, unlike one by a
   * frame's number, takes in what is shown up to 0.05 s outside: reports round times.
   *
   * @param from the beginning
   * @param to the end, itself included
   */
  public record Span(Moment from, Moment to) {}

  /**
   * A part of the picture.
   *
   * @param fate what becomes of it
   * @param outline in pixels of the upright picture
   * @param span when; empty means throughout
   * @param reason why; there is one where something is to be left visible
   */
  public record Area(Fate fate, Polygon outline, Optional<Span> span, Optional<String> reason) {
    /** Checks that there is a reason where one is needed. */
    public Area {
      reason = reason.map(r -> Checks.text("the reason for a zone", r));
      if (fate == Fate.KEEP && reason.isEmpty()) {
        throw new IllegalArgumentException("a zone that keeps what is in it needs a reason");
      }
    }
  }

  /** Copies the lists and checks that no track is decided on twice. */
  public Edits {
    manifest.ifPresent(Checks::sha256);
    tracks = List.copyOf(tracks);
    boxes = List.copyOf(boxes);
    zones = List.copyOf(zones);
    Set<Integer> decided = new HashSet<>();
    for (OnTrack one : tracks) {
      if (!decided.add(one.track())) {
        throw new IllegalArgumentException("track " + one.track() + " is decided on twice");
      }
    }
    if (tracks.isEmpty() && boxes.isEmpty() && zones.isEmpty()) {
      throw new IllegalArgumentException("there is nothing in 'tracks', 'boxes' or 'zones'");
    }
  }
}
