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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
  private final EarlierRedactions earlier;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Set<PassedOver> faults = new HashSet<>();

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
   * @param everyBlock called before each block of a file that is read; may throw to end the look
   */
  public Arrivals(
      Path folder, List<Path> leftOut, Duration rest, LongSupplier nanoTime, Runnable everyBlock) {
    this.folder = folder;
    this.leftOut = List.copyOf(leftOut);
    this.rest = rest;
    this.nanoTime = nanoTime;
    this.earlier = new EarlierRedactions(everyBlock);
  }

  /**
   * Files that have arrived since the last call, or have changed since they were handed on, by
   * name. Originals that a run took aside and did not end get their names back, and arrive anew.
   * What was made beside an original that is there is left alone.
   *
   * @param remark told, in a line and once, of what cannot be looked into, of such originals and of
   *     what is left alone
   * @throws io.efface.pipeline.JobException if the folder cannot be read
   */
  public List<Source> next(Consumer<String> remark) {
    List<Source> arrived = new ArrayList<>();
    Map<Path, Seen> now = new HashMap<>();
    List<PassedOver> passedOver = new ArrayList<>();
    new FolderWalk(leftOut, passedOver)
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
    passedOver.stream().map(PassedOver::file).forEach(file -> restore(file, remark));
    tell(passedOver.stream().filter(PassedOver::fault).toList(), remark);
    seen.clear();
    seen.putAll(now);
    arrived.removeIf(source -> isRedaction(source.file(), remark));
    arrived.sort(Comparator.comparing(source -> source.place().toString()));
    return arrived;
  }

  private boolean isRedaction(Path file, Consumer<String> remark) {
    boolean redaction = earlier.isOne(file);
    if (redaction) {
      remark.accept(
          file
              + " is left alone, since Efface made it of an original beside; to redact it again,"
              + " name it to 'efface redact'");
    }
    return redaction;
  }

  private static void restore(Path file, Consumer<String> remark) {
    if (Aside.isOne(file)) {
      try {
        remark.accept(Aside.restore(file) + ": an earlier run ended before this was dealt with");
      } catch (IOException e) {
        remark.accept(file + ": is an original, but cannot get its name back; rename it");
      }
    }
  }

  /** Tells of each fault once for as long as it lasts. */
  private void tell(List<PassedOver> present, Consumer<String> remark) {
    faults.retainAll(present);
    for (PassedOver fault : present) {
      if (faults.add(fault)) {
        remark.accept(fault.file() + ": " + fault.why());
      }
    }
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
