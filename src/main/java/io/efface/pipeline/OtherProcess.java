package io.efface.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is needed of processes that this one starts. Any thread may ask. */
public final class OtherProcess {
  private OtherProcess() {}

  /** The Java that this process runs in. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * The name by which another process finds a file or folder that a user named: absolute, without
   * {@code ..} and without links on the way. A file that is itself a link keeps its own name.
   */
  public static Path named(Path path) {
    Path absolute = path.toAbsolutePath();
    try {
      if (Files.isDirectory(absolute)) {
        return absolute.toRealPath();
      }
      Path folder = absolute.getParent();
      Path name = absolute.getFileName();
      return folder == null || name == null ? absolute : folder.toRealPath().resolve(name);
    } catch (IOException e) {
      return absolute.normalize();
    }
  }

  /**
   * What Linux tells of a process's memory.
   *
   * @param field of its status, as {@code VmRSS} (now) or {@code VmHWM} (at most so far)
   * @return in bytes; 0 where nobody tells
   */
  public static long memoryBytes(ProcessHandle process, String field) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith(field + ":")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Waits until a process that was ended is gone, even if the thread is interrupted meanwhile. */
  public static void awaitEnd(Process process) {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
