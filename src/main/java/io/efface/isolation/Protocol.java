package io.efface.isolation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.efface.batch.Failure;
import io.efface.detect.Label;
import io.efface.pipeline.Length;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How parent and child talk: one JSON object a line, requests on the child's standard input,
 * replies on its standard output. What cannot be understood is no message: natives print what they
 * like.
 */
final class Protocol {
  /** Parent and child come from the same files; this is for those who replace them meanwhile. */
  static final int VERSION = 1;

  /** A reply holds a few lines for attention, and no more is listened to. */
  static final int MOST_CHARACTERS = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Protocol() {}

  /** A request as a line, without its end. */
  static String line(Request request) {
    ObjectNode node = JSON.createObjectNode();
    if (request instanceof Request.Redact redact) {
      node.set("redact", JobJson.write(redact.job()));
    } else if (request instanceof Request.Measure measure) {
      node.put("measure", measure.file().toString());
    } else if (request instanceof Request.Probe probe) {
      node.put("probe", probe.file().toString()).put("port", probe.port());
    }
    return node.toString();
  }

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Request request(String line) {
    JsonNode node = tree(line);
    if (node.has("redact")) {
      return new Request.Redact(JobJson.read(node.get("redact")));
    }
    if (node.has("measure")) {
      return new Request.Measure(Path.of(node.get("measure").asText()));
    }
    if (node.has("probe")) {
      return new Request.Probe(node.path("port").asInt(), Path.of(node.get("probe").asText()));
    }
    throw new IllegalArgumentException("no request: " + line);
  }

  /** A reply as a line, without its end. */
  static String line(Reply reply) {
    ObjectNode node = JSON.createObjectNode();
    if (reply instanceof Reply.Hello hello) {
      node.put("hello", hello.version());
    } else if (reply instanceof Reply.Started started) {
      node.put("started", started.frames().orElse(-1));
    } else if (reply instanceof Reply.Auditing auditing) {
      node.put("auditing", auditing.frames().orElse(-1));
    } else if (reply instanceof Reply.Advanced advanced) {
      node.put("advanced", advanced.steps());
      node.put("frames", advanced.frames()).put("objects", advanced.objects());
    } else if (reply instanceof Reply.Redacted redacted) {
      node.put("redacted", redacted.frames()).put("corrupt", redacted.corruptFrames());
      ObjectNode objects = node.putObject("objects");
      redacted.objects().forEach((label, count) -> objects.put(label.id(), count));
      redacted.attention().forEach(node.putArray("attention")::add);
      redacted.notes().forEach(node.putArray("notes")::add);
    } else if (reply instanceof Reply.Measured measured) {
      node.put("measured", measured.length().frames().orElse(-1));
      node.put("seconds", measured.length().seconds().orElse(-1));
    } else if (reply instanceof Reply.Probed probed) {
      node.put("probed", true).put("network", probed.network()).put("file", probed.file());
    } else if (reply instanceof Reply.Failed failed) {
      node.put("failed", failed.kind().id()).put("message", failed.message());
    }
    return node.toString();
  }

  /** Reads a reply; empty if the line is none. */
  static Optional<Reply> reply(String line) {
    try {
      return Optional.ofNullable(reply(tree(line)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Reply reply(JsonNode node) {
    if (node.has("hello")) {
      return new Reply.Hello(node.get("hello").asInt());
    }
    if (node.has("started")) {
      return new Reply.Started(count(node.get("started")));
    }
    if (node.has("auditing")) {
      return new Reply.Auditing(count(node.get("auditing")));
    }
    if (node.has("advanced")) {
      return new Reply.Advanced(
          node.get("advanced").asLong(),
          Math.max(0, node.path("frames").asLong()),
          Math.max(0, node.path("objects").asInt()));
    }
    if (node.has("redacted")) {
      return redacted(node);
    }
    if (node.has("measured")) {
      double seconds = node.path("seconds").asDouble(-1);
      return new Reply.Measured(
          new Length(
              count(node.get("measured")),
              seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty()));
    }
    if (node.has("probed")) {
      return new Reply.Probed(
          node.path("network").asBoolean(true), node.path("file").asBoolean(true));
    }
    return node.has("failed")
        ? new Reply.Failed(
            Failure.Kind.valueOf(node.get("failed").asText().toUpperCase(Locale.ROOT)),
            node.path("message").asText())
        : null;
  }

  private static Reply redacted(JsonNode node) {
    Map<Label, Integer> objects = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      if (node.path("objects").has(label.id())) {
        objects.put(label, Math.max(0, node.path("objects").get(label.id()).asInt()));
      }
    }
    return new Reply.Redacted(
        Math.max(0, node.get("redacted").asLong()),
        objects,
        Math.max(0, node.path("corrupt").asLong()),
        texts(node.path("attention")),
        texts(node.path("notes")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static OptionalLong count(JsonNode node) {
    return node.asLong() < 0 ? OptionalLong.empty() : OptionalLong.of(node.asLong());
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no message: " + e.getOriginalMessage(), e);
    }
  }
}
