package io.efface.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Footage that arrives in a folder and below it. A file has arrived when it is not empty and has
 * not changed for a while. Belongs to one thread.
 */
public final class Arrivals {
  private final Path folder;
  private final List<Path> leftOut;
  private final Duration rest;
  private final LongSupplier nanoTime;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** What a file was like when it was last seen to change, and whether it was handed on since. */
  private record Seen(long bytes, FileTime modified, long sinceNanos, boolean handedOn) {
    boolean isStill(long size, FileTime time) {
      return bytes == size && modified.equals(time);
    }
  }

  /**
   * Arrivals in a folder, of which nothing was seen yet.
   *
   * @param leftOut folders that are not looked into
   * @param rest how long a file must not have changed
   * @param nanoTime tells time that nobody can set back
   */
  public Arrivals(Path folder, List<Path> leftOut, Duration rest, LongSupplier nanoTime) {
    this.folder = folder;
    this.leftOut = List.copyOf(leftOut);
    this.rest = rest;
    this.nanoTime = nanoTime;
  }

  /**
   * Files that have arrived since the last call, or have changed since they were handed on, by
   * name.
   *
   * @throws io.efface.pipeline.JobException if the folder cannot be read
   */
  public List<Source> next() {
    List<Source> arrived = new ArrayList<>();
    Map<Path, Seen> now = new HashMap<>();
    new FolderWalk(leftOut, new ArrayList<>())
        .files(
            folder,
            (file, place) -> {
              try {
                Seen look = look(file);
                if (isReady(look)) {
                  arrived.add(new Source(file, place));
                  look = new Seen(look.bytes(), look.modified(), look.sinceNanos(), true);
                }
                now.put(file, look);
              } catch (IOException | UncheckedIOException e) {
                // Gone again; if it comes back it is seen then.
              }
            });
    seen.clear();
    seen.putAll(now);
    arrived.sort(Comparator.comparing(source -> source.place().toString()));
    return arrived;
  }

  private Seen look(Path file) throws IOException {
    long bytes = Files.size(file);
    FileTime modified = Files.getLastModifiedTime(file);
    Seen before = seen.get(file);
    return before != null && before.isStill(bytes, modified)
        ? before
        : new Seen(bytes, modified, nanoTime.getAsLong(), false);
  }

  private boolean isReady(Seen look) {
    return !look.handedOn()
        && look.bytes() > 0
        && nanoTime.getAsLong() - look.sinceNanos() >= rest.toNanos();
  }
}
