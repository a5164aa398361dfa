package io.efface.eval;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands in each frame of a clip.
 *
 * @param frames the objects by the frame's number, from 0
 * @param labels the classes that some object has
 */
public record ClipTruth(Map<Integer, List<Sighting>> frames, Set<Label> labels) {
  private static final List<String> COLUMNS =
      List.of("frame", "track", "x", "y", "w", "h", "class", "ignore");

  /**
   * One object in one frame.
   *
   * @param track number of the object
   * @param box where, in pixels of the upright picture
   * @param ignored whether it counts neither when covered nor when exposed
   */
  public record Sighting(int track, Box box, boolean ignored) {}

  /** Copies the collections. */
  public ClipTruth {
    Map<Integer, List<Sighting>> copy = new HashMap<>();
    frames.forEach((frame, sightings) -> copy.put(frame, List.copyOf(sightings)));
    frames = Map.copyOf(copy);
    labels = Set.copyOf(labels);
  }

  /**
   * Reads a list: CSV with the columns {@code frame,track,x,y,w,h,class,ignore} (frames from 0,
   * pixels of the upright picture, {@code ignore} 0 or 1).
   *
   * @param wanted the classes to read; empty for all
   * @throws TruthException if it cannot be read, a line is wrong or no object is left
   */
  public static ClipTruth read(Path file, Set<Label> wanted) {
    Classes classes = new Classes(wanted);
    Map<Integer, List<Sighting>> frames = new HashMap<>();
    Set<Label> labels = EnumSet.noneOf(Label.class);
    for (CsvTable.Row row : CsvTable.read(file, COLUMNS).rows()) {
      classes
          .of(row)
          .ifPresent(
              label -> {
                labels.add(label);
                frames
                    .computeIfAbsent(row.count("frame"), number -> new ArrayList<>())
                    .add(sighting(row));
              });
    }
    if (frames.isEmpty()) {
      throw new TruthException(file + ": holds no object of the classes to look at");
    }
    return new ClipTruth(frames, labels);
  }

  private static Sighting sighting(CsvTable.Row row) {
    return new Sighting(
        row.count("track"),
        Box.ofSize(row.number("x"), row.number("y"), row.length("w"), row.length("h")),
        row.flag("ignore"));
  }

  /** The objects of a frame. */
  public List<Sighting> at(long frame) {
    return frames.getOrDefault(Math.toIntExact(frame), List.of());
  }

  /** The last frame in which something stands. */
  public int lastFrame() {
    return frames.keySet().stream().max(Integer::compare).orElseThrow();
  }
}
