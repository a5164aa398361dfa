package io.efface.eval;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands in the pictures of a folder.
 *
 * @param images the boxes of each picture, by its path below the folder, in the list's order
 */
public record StillTruth(Map<String, List<TruthBox>> images) {
  private static final List<String> COLUMNS =
      List.of("image", "x", "y", "w", "h", "class", "ignore");

  /** Copies the lists; keeps the order. */
  public StillTruth {
    Map<String, List<TruthBox>> copy = new LinkedHashMap<>();
    images.forEach((name, boxes) -> copy.put(name, List.copyOf(boxes)));
    images = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads a list: CSV with the columns {@code image,x,y,w,h,class,ignore} (pixels, top left origin;
   * {@code ignore} 0 or 1) and, where graded, {@code occlusion}, {@code pose} and {@code blur}.
   *
   * @param wanted the classes to read; empty for all
   * @throws TruthException if it cannot be read, a line is wrong or no box is left
   */
  public static StillTruth read(Path file, Set<Label> wanted) {
    Classes classes = new Classes(wanted);
    Map<String, List<TruthBox>> images = new LinkedHashMap<>();
    for (CsvTable.Row row : CsvTable.read(file, COLUMNS).rows()) {
      classes
          .of(row)
          .ifPresent(
              label ->
                  images
                      .computeIfAbsent(row.name("image"), name -> new ArrayList<>())
                      .add(box(row, label)));
    }
    if (images.isEmpty()) {
      throw new TruthException(file + ": holds no box of the classes to look at");
    }
    return new StillTruth(images);
  }

  private static TruthBox box(CsvTable.Row row, Label label) {
    double height = row.length("h");
    Map<Grade, Integer> grades = new EnumMap<>(Grade.class);
    for (Grade grade : Grade.values()) {
      row.optionalCount(grade.id()).ifPresent(value -> grades.put(grade, value));
    }
    return new TruthBox(
        label,
        Box.ofSize(row.number("x"), row.number("y"), row.length("w"), height),
        height,
        row.flag("ignore"),
        grades);
  }

  /** The classes that some box has. */
  public Set<Label> labels() {
    Set<Label> labels = EnumSet.noneOf(Label.class);
    images.values().forEach(boxes -> boxes.forEach(box -> labels.add(box.label())));
    return labels;
  }
}
