package io.efface.isolation;

import io.efface.media.NativeCache;
import io.efface.pipeline.JobException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What bubblewrap shows a child of the file system. */
final class Mounts {
  private static final List<String> SYSTEM =
      List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

  /** For what is not unpacked yet. */
  private static final String SCRATCH_BYTES = Long.toString(1L << 30);

  private final List<String> arguments = new ArrayList<>();
  private final boolean sized;

  /**
   * Arguments for one command.
   *
   * @param sized whether bubblewrap can bound what is written to memory
   */
  Mounts(boolean sized) {
    this.sized = sized;
  }

  /** Bubblewrap's arguments for a view. */
  List<String> of(View view) {
    SYSTEM.forEach(folder -> system(Path.of(folder)));
    for (String file : List.of("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/localtime")) {
      readTry(Path.of(file));
    }
    // Debian keeps a virtual machine's settings there, and the machine's folder links to them.
    children(Path.of("/etc"), "java*").forEach(this::read);
    add("--proc", "/proc");
    add("--dev", "/dev");
    scratch(Path.of("/tmp"));
    read(Path.of(System.getProperty("java.home")));
    for (String entry : ChildProcess.classPath()) {
      read(Path.of(entry));
    }
    unpackedNatives();
    view.readable().forEach(this::read);
    add("--bind", view.writable().toString(), view.writable().toString());
    add("--chdir", view.writable().toString());
    add("--remount-ro", "/");
    return arguments;
  }

  private void system(Path folder) {
    try {
      if (Files.isSymbolicLink(folder)) {
        add("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
      } else {
        readTry(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Shows what JavaCPP has unpacked, without leave to change it, in a folder that it can write to:
   * it refuses another.
   */
  private void unpackedNatives() {
    Path cache = NativeCache.folder();
    if (Files.isDirectory(cache)) {
      scratch(cache);
      children(cache, "*").stream().filter(Files::isDirectory).forEach(this::read);
    }
  }

  private void scratch(Path folder) {
    if (sized) {
      add("--size", SCRATCH_BYTES);
    }
    add("--tmpfs", folder.toString());
  }

  private static List<Path> children(Path folder, String glob) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
      stream.forEach(children::add);
    } catch (IOException e) {
      return List.of();
    }
    return List.copyOf(children);
  }

  private void read(Path path) {
    try {
      add("--ro-bind", path.toRealPath().toString(), path.toString());
    } catch (IOException e) {
      throw new JobException(path + ": was removed or cannot be read; look whether it is there", e);
    }
  }

  private void readTry(Path path) {
    if (new File(path.toString()).exists()) {
      read(path);
    }
  }

  private void add(String... words) {
    arguments.addAll(List.of(words));
  }
}
