package io.efface.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Learns from a folder's journal how fast its earlier jobs were. */
public final class JournalReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JournalReader() {}

  /**
   * Frames a second of one job slot, over all jobs that were done.
   *
   * @return empty if none was, or there is no journal to be read
   */
  public static OptionalDouble framesASecond(Path folder) {
    long frames = 0;
    double seconds = 0;
    try (Stream<String> lines = Files.lines(folder.resolve(Journal.NAME))) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode entry = parsed(line);
        if (entry.path("event").asText().equals("done")) {
          frames += entry.path("frames").asLong();
          seconds += entry.path("seconds").asDouble();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return OptionalDouble.empty();
    }
    return frames > 0 && seconds > 0 ? OptionalDouble.of(frames / seconds) : OptionalDouble.empty();
  }

  /** A line that a killed run left in its middle says nothing. */
  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
