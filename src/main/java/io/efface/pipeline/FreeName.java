package io.efface.pipeline;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Finds names that nothing has yet. */
public final class FreeName {
  private FreeName() {}

  /** A path, with a number before its ending if something is there, a link to nowhere included. */
  public static Path of(Path wanted) {
    String name = String.valueOf(wanted.getFileName());
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    Path place = wanted;
    for (int i = 2; Files.exists(place, LinkOption.NOFOLLOW_LINKS); i++) {
      place = wanted.resolveSibling(name.substring(0, dot) + "-" + i + name.substring(dot));
    }
    return place;
  }
}
