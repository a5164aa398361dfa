package io.efface.attack;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.media.EncoderSettings;
import io.efface.media.ImageFormat;
import io.efface.media.ImageWriter;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import io.efface.pipeline.RenderOptions;
import io.efface.redact.Redactor;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Photographs of people's faces, two of each person, redacted as the program redacts stills.
 *
 * <p>All are cut alike: the face that a Viola-Jones detector found, grown 2.2 times (Huang, Ramesh,
 * Berg, Learned-Miller, Labeled Faces in the Wild, 2007). So the face's box is the same in all, and
 * its place tells nothing of who it is.
 */
final class Portraits {
  /** Width and height of a picture, in pixels. */
  static final int SIDE_PX = 150;

  /** Where the face is. */
  static final Box FACE = Box.around(SIDE_PX / 2.0, SIDE_PX / 2.0, SIDE_PX / 2.2, SIDE_PX / 2.2);

  private final List<List<Path>> people = new ArrayList<>();
  private final Path scratch;

  /**
   * Finds the pictures.
   *
   * @param scratch a folder for files that live no longer than a call
   */
  Portraits(Path scratch) throws IOException {
    this.scratch = scratch;
    Path folder = RealFootage.path("identities");
    Map<String, List<Path>> pictures = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("identities.csv"))) {
      String[] columns = line.split(",", -1);
      if (!columns[0].equals("image")) {
        pictures
            .computeIfAbsent(columns[1], person -> new ArrayList<>())
            .add(folder.resolve(columns[0]));
      }
    }
    for (List<Path> own : pictures.values()) {
      if (own.size() >= 2) {
        people.add(own.subList(0, 2));
      }
    }
  }

  /** How many people there are. */
  int people() {
    return people.size();
  }

  /**
   * A person's picture.
   *
   * @param number 0 or 1
   */
  Path picture(int person, int number) {
    return people.get(person).get(number);
  }

  /** What the program destroys for the face. */
  static Region region(int track, Style style) {
    Map<Label, Style> styles = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      styles.put(label, style);
    }
    return new RegionPlanner(RenderOptions.DEFAULT_MARGIN, styles, SIDE_PX, SIDE_PX)
        .plan(track, Label.FACE, FACE);
  }

  /**
   * Writes a JPEG as the program does.
   *
   * @param surroundings whose picture it is
   * @param face whose region of the face is put into it first; may be the same
   * @param style how the face is redacted; empty leaves it as it is
   * @param secret what a mosaic's rounding follows from
   * @return a file that the next call replaces
   */
  Path write(Path surroundings, Path face, Optional<Style> style, long secret) {
    Path file = scratch.resolve("seen.jpg");
    try (VideoReader reader = VideoReader.open(surroundings, 1);
        Redactor redactor = new Redactor(1, secret)) {
      if (reader.next().isEmpty()) {
        throw new IllegalArgumentException(surroundings + " holds no picture");
      }
      VideoFrame frame = reader.decoder().makeWritable();
      if (!face.equals(surroundings)) {
        transplant(face, frame);
      }
      style.ifPresent(chosen -> redactor.redact(frame, List.of(region(1, chosen))));
      new ImageWriter(file, ImageFormat.JPEG, EncoderSettings.DEFAULT_QUALITY).write(frame);
    }
    return file;
  }

  /** Puts the samples of a face's region into another picture, none that lie beyond the region. */
  private static void transplant(Path face, VideoFrame to) {
    Box box = region(1, new Style.Blur()).box();
    try (VideoReader reader = VideoReader.open(face, 1)) {
      VideoFrame from = reader.next().orElseThrow();
      if (!from.layout().equals(to.layout())) {
        throw new IllegalArgumentException(face + " has other samples than the others");
      }
      for (int p = 0; p < to.planes().size(); p++) {
        Plane plane = to.planes().get(p);
        Plane source = from.planes().get(p);
        for (int y = 0; y < plane.height(); y++) {
          for (int x = 0; x < plane.width(); x++) {
            double across = (x + 0.5) * (1 << to.layout().shiftX(p));
            double down = (y + 0.5) * (1 << to.layout().shiftY(p));
            if (inside(box, across, down)) {
              plane.data().put(y * plane.stride() + x, source.data().get(y * source.stride() + x));
            }
          }
        }
      }
    }
  }

  /** Whether a point lies in the ellipse within a box. */
  static boolean inside(Box box, double x, double y) {
    double across = (x - box.centreX()) / (box.width() / 2);
    double down = (y - box.centreY()) / (box.height() / 2);
    return across * across + down * down < 1;
  }
}
