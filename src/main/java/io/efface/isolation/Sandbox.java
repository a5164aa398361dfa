package io.efface.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What keeps a child from doing harm, beside being a process of its own with limits. */
public sealed interface Sandbox {

  /** The command that runs a virtual machine's command inside. */
  List<String> command(List<String> java, View view);

  /** What it does, in a person's words. */
  String words();

  /**
   * Bubblewrap: no network, no other processes, and of the file system the system's programs, the
   * view's files and nothing else.
   *
   * @param program bubblewrap
   * @param sized whether it can bound what is written to memory, which it learnt with 0.7
   */
  record Bubblewrap(Path program, boolean sized) implements Sandbox {
    @Override
    public List<String> command(List<String> java, View view) {
      return command(new Mounts(sized).of(view), java);
    }

    /** Whether it can do here whatever {@link Mounts} asks of it. */
    private boolean works() {
      List<String> mounts =
          new ArrayList<>(List.of("--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"));
      mounts.addAll(sized ? List.of("--size", "1048576") : List.of());
      mounts.addAll(List.of("--tmpfs", "/tmp", "--remount-ro", "/"));
      return succeeds(command(mounts, List.of("true")));
    }

    private List<String> command(List<String> mounts, List<String> inside) {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of("--die-with-parent", "--new-session", "--unshare-all"));
      command.addAll(mounts);
      command.add("--");
      command.addAll(inside);
      return command;
    }

    @Override
    public String words() {
      return "bubblewrap: no network, inputs or their folders and models readable, only a temporary folder"
          + " writable";
    }
  }

  /**
   * A network namespace of its own: no network, but the user's files are in reach.
   *
   * @param program util-linux's {@code unshare}
   */
  record NoNetwork(Path program) implements Sandbox {
    @Override
    public List<String> command(List<String> java, View view) {
      List<String> command = new ArrayList<>(ownSession());
      command.addAll(List.of(program.toString(), "--map-root-user", "--net", "--"));
      command.addAll(java);
      return command;
    }

    @Override
    public String words() {
      return "a network namespace: no network, but the user's files are in reach; install bubblewrap";
    }
  }

  /** Nothing more. */
  record None() implements Sandbox {
    @Override
    public List<String> command(List<String> java, View view) {
      List<String> command = new ArrayList<>(ownSession());
      command.addAll(java);
      return command;
    }

    @Override
    public String words() {
      return "none: a child process can do what the user can; on Linux, install bubblewrap";
    }
  }

  /** The best that works on this machine, which is tried out. */
  static Sandbox best() {
    Optional<Path> bubblewrap = program("bwrap");
    if (bubblewrap.isPresent()) {
      for (boolean sized : List.of(true, false)) {
        Bubblewrap sandbox = new Bubblewrap(bubblewrap.get(), sized);
        if (sandbox.works()) {
          return sandbox;
        }
      }
    }
    Optional<Path> unshare = program("unshare");
    if (unshare.isPresent()
        && succeeds(List.of(unshare.get().toString(), "--map-root-user", "--net", "--", "true"))) {
      return new NoNetwork(unshare.get());
    }
    return new None();
  }

  /** A session of the child's own, so that Ctrl-C reaches the parent alone, which ends it. */
  private static List<String> ownSession() {
    return program("setsid").map(path -> List.of(path.toString())).orElse(List.of());
  }

  private static Optional<Path> program(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path path = Path.of(folder.isEmpty() ? "." : folder).resolve(name);
      if (path.isAbsolute() && Files.isExecutable(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
