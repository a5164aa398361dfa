package io.efface.manifest;

import java.util.Optional;

/**
 * The program that made a file.
 *
 * @param name the program's name
 * @param version its version
 */
public record Tool(String name, String version) {

  /** Checks that both say something. */
  public Tool {
    name = Checks.text("the tool's name", name);
    version = Checks.text("the tool's version", version);
  }

  /** This program; its version is {@code unreleased} where it does not run from its jar. */
  public static Tool current() {
    return new Tool(
        "efface",
        Optional.ofNullable(Tool.class.getPackage().getImplementationVersion())
            .orElse("unreleased"));
  }
}
