package io.efface.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What ffprobe says of a file.
 *
 * @param file the file
 * @param overview format, streams and chapters
 * @param frames the frames of the first picture that is no cover, decoded
 */
public record Probe(Path file, JsonNode overview, List<JsonNode> frames) {

  /** Copies the list. */
  public Probe {
    frames = List.copyOf(frames);
  }

  /** Looks at a file. */
  public static Probe of(Path file) {
    JsonNode overview = json(List.of("-show_format", "-show_streams", "-show_chapters"), file);
    JsonNode frames = json(List.of("-select_streams", "V:0", "-show_frames"), file);
    return new Probe(file, overview, list(frames.path("frames")));
  }

  private static JsonNode json(List<String> options, Path file) {
    List<String> all = new ArrayList<>(List.of("-v", "error", "-print_format", "json"));
    all.addAll(options);
    all.add(file.toString());
    try {
      return new ObjectMapper().readTree(Tool.FFPROBE.runOrFail(all));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** Every stream, in the file's order. */
  public List<JsonNode> streams() {
    return list(overview.path("streams"));
  }

  /** The streams of a kind: {@code video}, {@code audio}, {@code subtitle}, {@code data}. */
  public List<JsonNode> streams(String kind) {
    return streams().stream().filter(s -> s.path("codec_type").asText().equals(kind)).toList();
  }

  /** The first picture. */
  public JsonNode video() {
    return streams("video").get(0);
  }

  /** The chapters. */
  public List<JsonNode> chapters() {
    return list(overview.path("chapters"));
  }

  /** Presentation times of the frames, in seconds. */
  public List<Double> times() {
    return frames.stream().map(f -> f.path("pts_time").asDouble(Double.NaN)).toList();
  }

  /** The earliest time in the file, in seconds. */
  public double start() {
    return overview.path("format").path("start_time").asDouble();
  }

  /** A value of the first frame; empty text where there is none. */
  public String ofFrame(String key) {
    return frames.get(0).path(key).asText();
  }

  /** The packets of a track of sound, counted from 0. */
  public List<JsonNode> soundPackets(int track) {
    return list(
        json(List.of("-select_streams", "a:" + track, "-show_packets"), file).path("packets"));
  }

  /** Side data of the picture's stream by type, with its type. */
  public Map<String, JsonNode> streamSideData() {
    return sideData(video());
  }

  /** Side data of the first frame by type. */
  public Map<String, JsonNode> frameSideData() {
    return sideData(frames.get(0));
  }

  private static Map<String, JsonNode> sideData(JsonNode owner) {
    Map<String, JsonNode> all = new TreeMap<>();
    for (JsonNode data : owner.path("side_data_list")) {
      all.put(data.path("side_data_type").asText(), data);
    }
    return all;
  }

  /** Every tag of the file, its streams and its chapters. */
  public Map<String, String> tags() {
    Map<String, String> all = new TreeMap<>();
    collect(overview.path("format"), "file", all);
    for (JsonNode stream : streams()) {
      collect(stream, "stream " + stream.path("index").asText(), all);
    }
    for (JsonNode chapter : chapters()) {
      collect(chapter, "chapter " + chapter.path("id").asText(), all);
    }
    return all;
  }

  private static void collect(JsonNode owner, String where, Map<String, String> all) {
    owner
        .path("tags")
        .properties()
        .forEach(tag -> all.put(where + ": " + tag.getKey(), tag.getValue().asText()));
  }
}
