package io.efface.models;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a user's fetched models lie. */
final class UserFolder {
  /** The variable of the environment that names another folder. */
  static final String VARIABLE = "EFFACE_MODELS";

  private UserFolder() {}

  /**
   * The folder by the system's own custom, unless the environment names another.
   *
   * @param environment the process's environment
   * @param system the system's name as Java gives it
   * @param home the user's home folder
   */
  static Path of(Map<String, String> environment, String system, Path home) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    return data(environment, system.toLowerCase(Locale.ROOT), home).resolve("efface/models");
  }

  private static Path data(Map<String, String> environment, String system, Path home) {
    if (system.startsWith("windows")) {
      return absolute(environment, "LOCALAPPDATA", home.resolve("AppData/Local"));
    }
    if (system.startsWith("mac")) {
      return home.resolve("Library/Application Support");
    }
    return absolute(environment, "XDG_DATA_HOME", home.resolve(".local/share"));
  }

  /** A relative path in such a variable does not count: the XDG rules say so. */
  private static Path absolute(Map<String, String> environment, String variable, Path otherwise) {
    Path path = Path.of(environment.getOrDefault(variable, ""));
    return path.isAbsolute() ? path : otherwise;
  }
}
