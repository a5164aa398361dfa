package io.efface.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.detect.Label;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import java.io.IOException;
import java.util.List;

/** The parts of a document that manifests and reports put in the same words. */
public final class CommonJson {
  private CommonJson() {}

  /** Writes a tool as the object that {@link #readTool} reads. */
  public static void writeTool(JsonGenerator json, Tool tool) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", tool.name());
    json.writeStringField("version", tool.version());
    json.writeEndObject();
  }

  /** Writes a model as the object that {@link #readModel} reads. */
  public static void writeModel(JsonGenerator json, ModelIdentity model) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", model.name());
    json.writeStringField("sha256", model.sha256());
    json.writeNumberField("detectSize", model.detectSize());
    writeDecimal(json, "startScore", model.startScore(), Precision.SCORE_DIGITS);
    writeDecimal(json, "continueScore", model.continueScore(), Precision.SCORE_DIGITS);
    json.writeEndObject();
  }

  /** Writes ranges of frames as a member that {@link #readRange} reads the elements of. */
  public static void writeRanges(JsonGenerator json, String name, List<FrameRange> ranges)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (FrameRange range : ranges) {
      json.writeStartArray();
      json.writeNumber(range.first());
      json.writeNumber(range.last());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Writes a decision as members of a track: {@code decision} and, if it is left, why. */
  public static void writeDecision(JsonGenerator json, Decision decision) throws IOException {
    if (decision instanceof Decision.Keep keep) {
      json.writeStringField("decision", "keep");
      json.writeStringField("reason", keep.reason());
    } else if (decision instanceof Decision.Drop drop) {
      json.writeStringField("decision", "drop");
      json.writeStringField("reason", drop.reason());
    } else {
      json.writeStringField("decision", "redact");
    }
  }

  /** Writes a zone as the object that {@link #readZone} reads. */
  public static void writeZone(JsonGenerator json, Zone zone) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("frames");
    json.writeNumber(zone.frames().first());
    json.writeNumber(zone.frames().last());
    json.writeEndArray();
    json.writeArrayFieldStart("polygon");
    for (Point corner : zone.outline().corners()) {
      json.writeStartArray();
      json.writeNumber(Precision.decimal(corner.x(), Precision.PIXEL_DIGITS));
      json.writeNumber(Precision.decimal(corner.y(), Precision.PIXEL_DIGITS));
      json.writeEndArray();
    }
    json.writeEndArray();
    if (zone.reason().isPresent()) {
      json.writeStringField("reason", zone.reason().get());
    }
    json.writeEndObject();
  }

  /**
   * Writes a number as a member, rounded.
   *
   * @param digits most decimal places
   */
  public static void writeDecimal(JsonGenerator json, String name, double value, int digits)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(Precision.decimal(value, digits));
  }

  /** Reads a tool. */
  public static Tool readTool(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "name", "version" -> json.text();
              default -> throw json.unknown(name);
            },
        m -> new Tool(m.get("name", String.class), m.get("version", String.class)));
  }

  /** Reads a model. */
  public static ModelIdentity readModel(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "name", "sha256" -> json.text();
              case "detectSize" -> json.integer(1, Integer.MAX_VALUE);
              case "startScore", "continueScore" -> json.number(0, 1);
              default -> throw json.unknown(name);
            },
        m ->
            new ModelIdentity(
                m.get("name", String.class),
                m.get("sha256", String.class),
                m.get("detectSize", Integer.class),
                m.get("startScore", Double.class),
                m.get("continueScore", Double.class)));
  }

  /** Reads a label by its id. */
  public static Label readLabel(StrictJson json) {
    return json.checked(() -> Label.ofId(json.text()));
  }

  /** Reads a range of frames: {@code [first, last]}. */
  public static FrameRange readRange(StrictJson json) {
    json.begin();
    json.element();
    long first = json.integer(0, Long.MAX_VALUE);
    json.element();
    long last = json.integer(0, Long.MAX_VALUE);
    json.end();
    return json.checked(() -> new FrameRange(first, last));
  }

  /** Reads a zone. */
  public static Zone readZone(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "frames" -> readRange(json);
              case "polygon" -> readPolygon(json);
              case "reason" -> json.text();
              default -> throw json.unknown(name);
            },
        m ->
            new Zone(
                m.get("frames", FrameRange.class),
                m.get("polygon", Polygon.class),
                m.optional("reason", String.class)));
  }

  /** Reads a polygon: {@code [[x, y], …]}. */
  static Polygon readPolygon(StrictJson json) {
    List<Point> corners =
        json.array(
            () -> {
              double[] xy = readNumbers(json, 2);
              return new Point(xy[0], xy[1]);
            });
    return json.checked(() -> Precision.rounded(new Polygon(corners)));
  }

  /** Reads so many coordinates or lengths in pixels: {@code [a, b, …]}. */
  static double[] readNumbers(StrictJson json, int count) {
    double[] numbers = new double[count];
    json.begin();
    for (int i = 0; i < count; i++) {
      json.element();
      numbers[i] = json.number(-Precision.MAX_COORDINATE, Precision.MAX_COORDINATE);
    }
    json.end();
    return numbers;
  }

  /** Makes a decision of the members {@code decision} and {@code reason}. */
  public static Decision readDecision(Members members, StrictJson json) {
    String decision = members.get("decision", String.class);
    return switch (decision) {
      case "redact" -> {
        if (members.optional("reason", String.class).isPresent()) {
          throw json.error("only a track that is kept or dropped has a reason");
        }
        yield Decision.REDACT;
      }
      case "keep" -> new Decision.Keep(members.get("reason", String.class));
      case "drop" -> new Decision.Drop(members.get("reason", String.class));
      default -> throw json.error("unknown decision '" + decision + "'; known: redact, keep, drop");
    };
  }
}
