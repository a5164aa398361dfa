package io.efface.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the figures of all attacks in {@code target/attacks.md}. */
final class AttackTable {
  private static final Path FILE = Path.of("target", "attacks.md");
  private static final Map<String, List<String>> SECTIONS = new TreeMap<>();

  private AttackTable() {}

  /**
   * Adds a section, or replaces the one with its title, and writes the file.
   *
   * @param lines Markdown
   */
  static synchronized void write(String title, List<String> lines) throws IOException {
    SECTIONS.put(title, List.copyOf(lines));
    StringBuilder text = new StringBuilder("# Attacks\n");
    SECTIONS.forEach(
        (heading, body) ->
            text.append("\n## ")
                .append(heading)
                .append("\n\n")
                .append(String.join("\n", body))
                .append('\n'));
    Files.createDirectories(FILE.toAbsolutePath().getParent());
    Files.writeString(FILE, text.toString());
  }
}
