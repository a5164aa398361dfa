package io.efface.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.Rational;
import io.efface.redact.RegionPlanner;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Writes and reads manifests as JSON, point after point without a tree in memory. The same manifest
 * always gives the same bytes, and what was read is written again to the byte. A track's points
 * stand one a line as {@code [frame, pts, x, y, w, h, score, origin]}: pixels of the upright
 * picture, origin {@code d} detected, {@code i} interpolated, {@code e} extended, {@code m} manual.
 */
public final class ManifestCodec {
  private static final String FORMAT = "efface-manifest";
  private static final JsonFactory FACTORY = new JsonFactory();

  private ManifestCodec() {}

  /**
   * Writes a manifest in UTF-8.
   *
   * @param out is flushed, not closed
   * @throws IOException if {@code out} fails
   */
  public static void write(Manifest manifest, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new LinePrinter());
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", Manifest.VERSION);
      json.writeFieldName("tool");
      CommonJson.writeTool(json, manifest.tool());
      writeInput(json, manifest.input());
      json.writeArrayFieldStart("models");
      for (ModelIdentity model : manifest.models()) {
        CommonJson.writeModel(json, model);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("classes");
      for (Label label : manifest.classes()) {
        json.writeString(label.id());
      }
      json.writeEndArray();
      json.writeArrayFieldStart("shots");
      for (long shot : manifest.shots()) {
        json.writeNumber(shot);
      }
      json.writeEndArray();
      CommonJson.writeRanges(json, "corrupt", manifest.corrupt());
      json.writeArrayFieldStart("tracks");
      for (Manifest.Entry entry : manifest.tracks()) {
        writeEntry(json, entry);
      }
      json.writeEndArray();
      writeZones(json, manifest);
      if (manifest.margin().isPresent()) {
        json.writeNumberField("margin", manifest.margin().getAsDouble());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** Left out where there are none, so that what a detector found reads the same as ever. */
  private static void writeZones(JsonGenerator json, Manifest manifest) throws IOException {
    if (!manifest.zones().isEmpty()) {
      json.writeArrayFieldStart("zones");
      for (Zone zone : manifest.zones()) {
        CommonJson.writeZone(json, zone);
      }
      json.writeEndArray();
    }
  }

  private static void writeInput(JsonGenerator json, Manifest.Input input) throws IOException {
    json.writeObjectFieldStart("input");
    json.writeStringField("name", input.file().name());
    json.writeStringField("sha256", input.file().sha256());
    json.writeNumberField("bytes", input.file().bytes());
    json.writeStringField("container", input.container());
    json.writeNumberField("stream", input.stream());
    json.writeStringField("codec", input.codec());
    json.writeNumberField("width", input.width());
    json.writeNumberField("height", input.height());
    json.writeNumberField("orientation", input.orientation().exif());
    writeRational(json, "sampleAspect", input.sampleAspect());
    writeRational(json, "timeBase", input.timeBase());
    json.writeNumberField("frames", input.frames());
    json.writeEndObject();
  }

  private static void writeRational(JsonGenerator json, String name, Rational value)
      throws IOException {
    json.writeArrayFieldStart(name);
    json.writeNumber(value.num());
    json.writeNumber(value.den());
    json.writeEndArray();
  }

  private static void writeEntry(JsonGenerator json, Manifest.Entry entry) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", entry.track().id());
    json.writeStringField("label", entry.track().label().id());
    CommonJson.writeDecision(json, entry.decision());
    json.writeArrayFieldStart("points");
    for (TrackPoint point : entry.track().points()) {
      Box box = point.box();
      json.writeStartArray();
      json.writeNumber(point.frame());
      json.writeNumber(point.pts());
      json.writeNumber(Precision.decimal(box.left(), Precision.PIXEL_DIGITS));
      json.writeNumber(Precision.decimal(box.top(), Precision.PIXEL_DIGITS));
      json.writeNumber(Precision.decimal(box.width(), Precision.PIXEL_DIGITS));
      json.writeNumber(Precision.decimal(box.height(), Precision.PIXEL_DIGITS));
      json.writeNumber(Precision.decimal(point.score(), Precision.SCORE_DIGITS));
      json.writeString(letter(point.origin()));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads and checks a manifest.
   *
   * @throws DocumentException if the file is no manifest of this version, whole and in range
   */
  public static Manifest read(Path file) {
    try (StrictJson json = new StrictJson(file)) {
      return json.document(
          "a manifest of Efface",
          FORMAT,
          Manifest.VERSION,
          name ->
              switch (name) {
                case "tool" -> CommonJson.readTool(json);
                case "input" -> readInput(json);
                case "models" -> json.array(() -> CommonJson.readModel(json));
                case "classes" -> json.array(() -> CommonJson.readLabel(json));
                case "shots" -> json.array(() -> json.integer(0, Long.MAX_VALUE));
                case "corrupt" -> json.array(() -> CommonJson.readRange(json));
                case "tracks" -> json.array(() -> readEntry(json));
                case "zones" -> json.array(() -> CommonJson.readZone(json));
                case "margin" -> json.number(0, RegionPlanner.MAX_MARGIN);
                default -> throw json.unknown(name);
              },
          m ->
              new Manifest(
                  m.get("tool", Tool.class),
                  m.get("input", Manifest.Input.class),
                  m.list("models", ModelIdentity.class),
                  m.list("classes", Label.class),
                  m.list("shots", Long.class),
                  m.list("corrupt", FrameRange.class),
                  m.list("tracks", Manifest.Entry.class),
                  m.optionalList("zones", Zone.class),
                  m.optional("margin", Double.class)
                      .map(OptionalDouble::of)
                      .orElseGet(OptionalDouble::empty)));
    }
  }

  private static Manifest.Input readInput(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "name", "sha256", "container", "codec" -> json.text();
              case "bytes", "frames" -> json.integer(0, Long.MAX_VALUE);
              case "stream", "width", "height" -> json.integer(0, Integer.MAX_VALUE);
              case "orientation" -> Orientation.ofExif(json.integer(1, 8));
              case "sampleAspect", "timeBase" -> readRational(json);
              default -> throw json.unknown(name);
            },
        m ->
            new Manifest.Input(
                new FileIdentity(
                    m.get("name", String.class),
                    m.get("sha256", String.class),
                    m.get("bytes", Long.class)),
                m.get("container", String.class),
                m.get("stream", Integer.class),
                m.get("codec", String.class),
                m.get("width", Integer.class),
                m.get("height", Integer.class),
                m.get("orientation", Orientation.class),
                m.get("sampleAspect", Rational.class),
                m.get("timeBase", Rational.class),
                m.get("frames", Long.class)));
  }

  private static Rational readRational(StrictJson json) {
    json.begin();
    json.element();
    int num = json.integer(0, Integer.MAX_VALUE);
    json.element();
    int den = json.integer(1, Integer.MAX_VALUE);
    json.end();
    return new Rational(num, den);
  }

  private static Manifest.Entry readEntry(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "id" -> json.integer(1, Integer.MAX_VALUE);
              case "label" -> CommonJson.readLabel(json);
              case "decision", "reason" -> json.text();
              case "points" -> json.array(() -> readPoint(json));
              default -> throw json.unknown(name);
            },
        m ->
            new Manifest.Entry(
                new Track(
                    m.get("id", Integer.class),
                    m.get("label", Label.class),
                    m.list("points", TrackPoint.class)),
                CommonJson.readDecision(m, json)));
  }

  private static TrackPoint readPoint(StrictJson json) {
    json.begin();
    json.element();
    long frame = json.integer(0, Long.MAX_VALUE);
    json.element();
    long pts = json.integer(Long.MIN_VALUE, Long.MAX_VALUE);
    double[] xywh = new double[4];
    for (int i = 0; i < 4; i++) {
      json.element();
      xywh[i] = json.number(i < 2 ? -Precision.MAX_COORDINATE : 0, Precision.MAX_COORDINATE);
    }
    json.element();
    double score = json.number(0, 1);
    json.element();
    String letter = json.text();
    json.end();
    Box box = Box.ofSize(xywh[0], xywh[1], xywh[2], xywh[3]);
    return json.checked(
        () -> Precision.rounded(new TrackPoint(frame, pts, box, score, origin(letter))));
  }

  private static String letter(Origin origin) {
    return switch (origin) {
      case DETECTED -> "d";
      case INTERPOLATED -> "i";
      case EXTENDED -> "e";
      case MANUAL -> "m";
    };
  }

  private static Origin origin(String letter) {
    for (Origin origin : Origin.values()) {
      if (letter(origin).equals(letter)) {
        return origin;
      }
    }
    throw new IllegalArgumentException("unknown origin '" + letter + "'; known: d, i, e, m");
  }

  /** One line a member of the document, a track, a point; no spaces. */
  private static final class LinePrinter extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
      super.writeObjectEntrySeparator(json);
      if (json.getOutputContext().getParent().inRoot()) {
        json.writeRaw('\n');
      }
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
      breakLine(json);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
      super.writeArrayValueSeparator(json);
      breakLine(json);
    }

    private static void breakLine(JsonGenerator json) throws IOException {
      JsonStreamContext list = json.getOutputContext().getParent();
      String name = list.inObject() ? list.getCurrentName() : "";
      if (name.equals("points") || name.equals("tracks") || name.equals("zones")) {
        json.writeRaw('\n');
      }
    }
  }
}
