package io.efface.batch;

import io.efface.pipeline.JobException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How outputs are called, apart from their ending. A file's name can itself name somebody. */
public sealed interface Naming {

  /**
   * New places for files, in the same order, with the ending of the old ones.
   *
   * @param sources in an order that is the same in each run
   */
  List<Path> places(List<Source> sources);

  /** Whether outputs and what lies beside them must not tell what the inputs were called. */
  boolean hides();

  /**
   * Keeps what is needed to give the same names again; called before the first output is made.
   *
   * @throws JobException if it cannot be kept
   */
  default void keep() {}

  /** Whether another run would give the same names as things are. */
  default boolean lasts() {
    return true;
  }

  /** Names and folders stay. */
  record Kept() implements Naming {
    @Override
    public List<Path> places(List<Source> sources) {
      return sources.stream().map(Source::place).toList();
    }

    @Override
    public boolean hides() {
      return false;
    }
  }

  /**
   * {@code 000001}, {@code 000002} and so on, without folders. The same files get the same numbers;
   * one more file among them moves those behind it.
   */
  record Counted() implements Naming {
    @Override
    public List<Path> places(List<Source> sources) {
      List<Path> places = new ArrayList<>();
      for (Source source : sources) {
        places.add(named(String.format(Locale.ROOT, "%06d", places.size() + 1), source));
      }
      return places;
    }

    @Override
    public boolean hides() {
      return true;
    }
  }

  /**
   * The first {@value #DIGITS} hexadecimal digits of HMAC-SHA256 over the path below the input
   * folder, with slashes and in UTF-8; without folders. Who has the key can tell which file an
   * output is of; nobody else can try names.
   *
   * @param key the key
   */
  record Hashed(NameKey key) implements Naming {
    private static final int DIGITS = 24;

    @Override
    public List<Path> places(List<Source> sources) {
      return sources.stream().map(source -> named(hash(source), source)).toList();
    }

    @Override
    public void keep() {
      key.keep();
    }

    @Override
    public boolean lasts() {
      return key.isKept();
    }

    private String hash(Source source) {
      List<String> parts = new ArrayList<>();
      source.place().forEach(part -> parts.add(part.toString()));
      return HexFormat.of().formatHex(key.mac(String.join("/", parts))).substring(0, DIGITS);
    }

    @Override
    public boolean hides() {
      return true;
    }
  }

  private static Path named(String stem, Source source) {
    String name = String.valueOf(source.place().getFileName());
    int dot = name.lastIndexOf('.');
    Optional<String> ending = dot > 0 ? Optional.of(name.substring(dot)) : Optional.empty();
    // An ending that is none may say more than the kind of file.
    return Path.of(stem + ending.filter(e -> e.matches("\\.\\w{1,5}")).orElse(""));
  }
}
