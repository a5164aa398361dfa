package io.efface.manifest;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Polygon;
import io.efface.manifest.Edits.Fate;
import io.efface.manifest.Edits.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads edits from JSON; the schema is the resource {@code schema/edits-1.json}. Times are either
 * numbers of frames, from 0, or seconds as a report tells them.
 */
public final class EditsCodec {
  private static final String FORMAT = "efface-edits";
  private static final double MOST_SECONDS = 1e9;

  private EditsCodec() {}

  /**
   * Reads and checks edits, as far as they can be checked without their film.
   *
   * @throws DocumentException if the file is no edits file of this version, whole and in range
   */
  public static Edits read(Path file) {
    try (StrictJson json = new StrictJson(file)) {
      return json.document(
          "an edits file of Efface",
          FORMAT,
          Edits.VERSION,
          name ->
              switch (name) {
                case "manifest" -> json.text();
                case "tracks" -> json.array(() -> readTrack(json));
                case "boxes" -> json.array(() -> readBox(json));
                case "zones" -> json.array(() -> readZone(json));
                default -> throw json.unknown(name);
              },
          m ->
              new Edits(
                  m.optional("manifest", String.class),
                  m.optionalList("tracks", Edits.OnTrack.class),
                  m.optionalList("boxes", Edits.Drawn.class),
                  m.optionalList("zones", Edits.Area.class)));
    }
  }

  private static Edits.OnTrack readTrack(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "track" -> json.integer(1, Integer.MAX_VALUE);
              case "decision", "reason" -> json.text();
              default -> throw json.unknown(name);
            },
        m -> new Edits.OnTrack(m.get("track", Integer.class), CommonJson.readDecision(m, json)));
  }

  private static Edits.Drawn readBox(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "label" -> CommonJson.readLabel(json);
              case "box" -> readRectangle(json);
              case "frames" -> readFrames(json);
              case "seconds" -> readSeconds(json);
              case "path" -> json.array(() -> readKey(json));
              default -> throw json.unknown(name);
            },
        m -> new Edits.Drawn(m.get("label", Label.class), keys(m)));
  }

  private static List<Edits.Key> keys(Members m) {
    Optional<Box> box = m.optional("box", Box.class);
    Optional<Span> span = span(m);
    List<Edits.Key> path = m.optionalList("path", Edits.Key.class);
    if (box.isPresent() && span.isPresent() && path.isEmpty()) {
      return List.of(
          new Edits.Key(span.get().from(), box.get()), new Edits.Key(span.get().to(), box.get()));
    }
    if (box.isEmpty() && span.isEmpty()) {
      return path;
    }
    throw new IllegalArgumentException(
        "give 'box' with 'frames' or 'seconds', or else 'path' alone");
  }

  private static Edits.Key readKey(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "frame" -> new Moment.Frame(json.integer(0, Long.MAX_VALUE));
              case "seconds" -> second(json);
              case "box" -> readRectangle(json);
              default -> throw json.unknown(name);
            },
        m -> {
          Optional<Moment> frame = m.optional("frame", Moment.class);
          Optional<Moment> seconds = m.optional("seconds", Moment.class);
          if (frame.isPresent() == seconds.isPresent()) {
            throw new IllegalArgumentException("a key has a 'frame' or 'seconds'");
          }
          return new Edits.Key(frame.or(() -> seconds).get(), m.get("box", Box.class));
        });
  }

  private static Edits.Area readZone(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "decision" -> readFate(json);
              case "polygon" -> CommonJson.readPolygon(json);
              case "frames" -> readFrames(json);
              case "seconds" -> readSeconds(json);
              case "reason" -> json.text();
              default -> throw json.unknown(name);
            },
        m ->
            new Edits.Area(
                m.get("decision", Fate.class),
                m.get("polygon", Polygon.class),
                span(m),
                m.optional("reason", String.class)));
  }

  private static Fate readFate(StrictJson json) {
    String word = json.text();
    return switch (word) {
      case "redact" -> Fate.REDACT;
      case "keep" -> Fate.KEEP;
      default -> throw json.error("unknown decision '" + word + "'; known: redact, keep");
    };
  }

  private static Optional<Span> span(Members m) {
    Optional<Span> frames = m.optional("frames", Span.class);
    Optional<Span> seconds = m.optional("seconds", Span.class);
    if (frames.isPresent() && seconds.isPresent()) {
      throw new IllegalArgumentException("give 'frames' or 'seconds', not both");
    }
    return frames.or(() -> seconds);
  }

  private static Span readFrames(StrictJson json) {
    FrameRange range = CommonJson.readRange(json);
    return new Span(new Moment.Frame(range.first()), new Moment.Frame(range.last()));
  }

  private static Span readSeconds(StrictJson json) {
    json.begin();
    json.element();
    Moment.Seconds from = second(json);
    json.element();
    Moment.Seconds to = second(json);
    json.end();
    if (to.seconds() < from.seconds()) {
      throw json.error("the span ends before it begins");
    }
    return new Span(from, to);
  }

  private static Moment.Seconds second(StrictJson json) {
    return new Moment.Seconds(json.number(-MOST_SECONDS, MOST_SECONDS));
  }

  private static Box readRectangle(StrictJson json) {
    double[] xywh = CommonJson.readNumbers(json, 4);
    return json.checked(
        () -> {
          if (xywh[2] <= 0 || xywh[3] <= 0) {
            throw new IllegalArgumentException("a box needs a width and a height above 0");
          }
          return Box.ofSize(xywh[0], xywh[1], xywh[2], xywh[3]);
        });
  }
}
