package io.efface.pipeline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that grows beside its final name and gets that name only when it is whole. Closing it
 * unpublished deletes it. Its name tells which process it belongs to, so that what a killed process
 * left behind can be removed by the next run.
 */
final class TemporaryOutput implements AutoCloseable {
  private static final Pattern NAME =
      Pattern.compile("\\..*\\.efface-(\\p{Alnum}+)-(\\d+)-(\\d+)-\\d+\\.part");

  /** Stands for a machine that cannot be told from others; nothing of it is known to be gone. */
  private static final String NO_HOST = "local";

  /** Tells Linux machines apart; stays when they are started anew. */
  private static final Path MACHINE_ID = Path.of("/etc/machine-id");

  /** Tells apart what numbers its processes on its own, such as sandboxes; the machine, too. */
  private static final Path PROCESS_NUMBERS = Path.of("/proc/self/ns/pid");

  private static final AtomicLong COUNTER = new AtomicLong();

  /**
   * Most characters of the final name that the temporary one repeats: file systems end a name after
   * 255 bytes, of which a character takes up to four.
   */
  private static final int REPEATED_CHARACTERS = 40;

  /**
   * Start times this near count as equal: a process's start is told from the time of boot, which
   * the system works out from its clock and which moves when that is set.
   */
  private static final long SAME_START_MILLIS = 60_000;

  private final Path target;
  private final Path path;
  private boolean published;

  private TemporaryOutput(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /**
   * Reserves a temporary name beside the target, creates the target's folder if need be, and
   * removes leftovers of processes that are gone from it.
   *
   * @throws JobException if the folder cannot be written to
   */
  static TemporaryOutput beside(Path target) {
    Path folder =
        Optional.ofNullable(target.toAbsolutePath().getParent())
            .orElseThrow(() -> new JobException(target + ": is no file name; name a file"));
    ProcessHandle self = ProcessHandle.current();
    String name =
        "."
            + beginning(target.getFileName().toString())
            + ".efface-"
            + host()
            + "-"
            + self.pid()
            + "-"
            + startMillis(self)
            + "-"
            + COUNTER.incrementAndGet()
            + ".part";
    try {
      Files.createDirectories(folder);
      removeLeftovers(folder);
      refuseUnwritable(folder);
    } catch (IOException e) {
      throw new JobException(
          folder + ": cannot be created or read; check its permissions or choose another folder",
          e);
    }
    return new TemporaryOutput(target, folder.resolve(name));
  }

  /**
   * Refuses a folder in which nothing can be made.
   *
   * @throws JobException if it is such a one
   */
  static void refuseUnwritable(Path folder) {
    if (!Files.isWritable(folder)) {
      throw new JobException(
          folder + ": cannot be written to; check its permissions or choose another folder");
    }
  }

  private static String beginning(String name) {
    int characters = Math.min(REPEATED_CHARACTERS, name.codePointCount(0, name.length()));
    return name.substring(0, name.offsetByCodePoints(0, characters));
  }

  /** Removes from a folder what processes that are gone have left, folders with all in them. */
  static void removeLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.part")) {
      for (Path file : files) {
        if (isLeftover(file, host())) {
          SharedFolder.delete(file);
        }
      }
    }
  }

  /**
   * Whether a file belongs to a process that is known to be gone.
   *
   * @param host this machine, as names of files tell it
   */
  static boolean isLeftover(Path file, String host) {
    Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
    return matcher.matches()
        && matcher.group(1).equals(host)
        && !host.equals(NO_HOST)
        && !isAlive(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  /** A process number may be used again: the start time tells the two apart. */
  private static boolean isAlive(long pid, long startMillis) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent()
        && process.get().isAlive()
        && Math.abs(startMillis(process.get()) - startMillis) < SAME_START_MILLIS;
  }

  private static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String host() {
    try {
      return Integer.toHexString(InetAddress.getLocalHost().getHostName().hashCode());
    } catch (UnknownHostException e) {
      return unnamedHost(MACHINE_ID, PROCESS_NUMBERS);
    }
  }

  /**
   * A word for a machine whose name does not resolve, and for the sandbox on it that this process
   * is in, if any: in another, its number is another process's.
   *
   * @param machineId a file with what tells machines apart
   * @param processNumbers a link whose target tells apart who numbers processes
   */
  static String unnamedHost(Path machineId, Path processNumbers) {
    try {
      String id = Files.readString(machineId).strip();
      return id.isEmpty()
          ? NO_HOST
          : Integer.toHexString((id + Files.readSymbolicLink(processNumbers)).hashCode());
    } catch (IOException e) {
      return NO_HOST;
    }
  }

  /** The temporary file. */
  Path path() {
    return path;
  }

  /** Whether a file is a temporary one, of whatever process. */
  static boolean isOne(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** The final name, which is the one to speak of in messages. */
  Path target() {
    return target;
  }

  /**
   * Gives the file its final name, in one step, once its content is on the disk: a power cut leaves
   * the whole file or none under that name.
   *
   * @param overwrite whether a file of that name may be replaced
   * @throws JobException if it cannot be renamed; nothing is left under either name then
   */
  void publish(boolean overwrite) {
    try {
      if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new JobException(target + ": exists already; name another output or add --overwrite");
      }
      force(path, StandardOpenOption.WRITE);
      try {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
      }
      published = true;
      forceFolder();
    } catch (IOException e) {
      throw new JobException(
          target + ": cannot be given its name; check the disk and the folder's permissions", e);
    }
  }

  /** Has the new name on the disk, too, where the system lets a program ask for that. */
  private void forceFolder() {
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    try {
      force(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      // Windows has no such thing, nor have some network drives; the file itself is safe.
      return;
    }
  }

  private static void force(Path path, OpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /**
   * Moves the file, which is not to get its name, to a folder for a look.
   *
   * @param folder made if it is not there
   * @return the file's new place, with a number if the name is taken
   * @throws JobException if it cannot be moved; it is deleted then
   */
  Path quarantine(Path folder) {
    try {
      Files.createDirectories(folder);
      Path place = FreeName.of(folder.resolve(target.getFileName()));
      Files.move(path, place);
      published = true;
      return place;
    } catch (IOException e) {
      throw new JobException(
          folder + ": the output failed its audit and cannot be moved here; it was deleted", e);
    }
  }

  @Override
  public void close() {
    if (!published) {
      try {
        SharedFolder.delete(path);
      } catch (IOException e) {
        throw new JobException(path + ": cannot be removed; delete it by hand", e);
      }
    }
  }
}
