package io.efface.isolation;

import io.efface.media.DecoderContexts;
import io.efface.media.NativeCache;
import io.efface.models.ModelStore;
import io.efface.pipeline.JobException;
import io.efface.pipeline.OtherProcess;
import io.efface.pipeline.Progress;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A child as its parent sees it. Used by one thread at a time; whoever starts it closes it. */
final class ChildProcess implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;
  private static final long START_SECONDS = 120;

  /** What a child is told of its surroundings, and no more. */
  private static final List<String> ENVIRONMENT =
      List.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH");

  private final Process process;
  private final Limits limits;
  private final Shown shown;
  private final BlockingQueue<Reply> replies = new ArrayBlockingQueue<>(1000);
  private volatile boolean ended;

  private ChildProcess(Process process, Limits limits, Shown shown) {
    this.process = process;
    this.limits = limits;
    this.shown = shown;
  }

  /** Starts processes, on a thread that lives as long as they. */
  @FunctionalInterface
  interface Starter {
    Process start(ProcessBuilder builder) throws IOException;
  }

  /**
   * Starts a child and waits until it speaks.
   *
   * @throws JobException if it cannot be started
   */
  static ChildProcess start(Starter starter, Sandbox sandbox, View view, Limits limits) {
    Shown shown = Shown.of(view);
    ProcessBuilder builder =
        new ProcessBuilder(sandbox.command(java(view, limits), view))
            .directory(view.writable().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    environment.put(ModelStore.VARIABLE, view.models().toString());
    environment.put("SVT_LOG", "1");
    Process process;
    try {
      process = starter.start(builder);
    } catch (IOException e) {
      throw new JobException(
          "no child process can be started (" + e.getMessage() + "); try --isolate off", e);
    }
    ChildProcess child = new ChildProcess(process, limits, shown);
    Thread reader = new Thread(child::read, "efface-replies");
    reader.setDaemon(true);
    reader.start();
    try {
      child.greet();
      return child;
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
  }

  private static List<String> java(View view, Limits limits) {
    List<String> command = new ArrayList<>();
    command.add(OtherProcess.java());
    command.add("-Xmx" + Math.max(128, limits.memoryMebibytes() / 2) + "m");
    command.add("-XX:ActiveProcessorCount=" + limits.cores());
    command.addAll(List.of("-Xshare:auto", "-Xrs", "-XX:-UsePerfData"));
    // A crash leaves its notes where they are removed with everything else.
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + view.writable().resolve("crash.log"));
    command.add(
        "-D" + DecoderContexts.MAX_PIXELS_PROPERTY + "=" + limits.megapixels() * 1_000_000L);
    // Where users are not listed, as in a sandbox, Java knows no home, and JavaCPP would unpack
    // everything again.
    command.add("-Duser.home=" + System.getProperty("user.home"));
    command.add("-D" + NativeCache.PROPERTY + "=" + NativeCache.folder());
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("org.slf4j.")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath())));
    command.addAll(List.of("io.efface.Main", Child.ARGUMENT));
    return command;
  }

  /** The parent's own jar, or what it runs from in its place, absolute. */
  static List<String> classPath() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(Files::exists)
        .map(Path::toString)
        .toList();
  }

  private void greet() {
    try {
      if (!(replies.poll(START_SECONDS, TimeUnit.SECONDS) instanceof Reply.Hello hello)
          || hello.version() != Protocol.VERSION) {
        throw new JobException(
            "a child process does not start as it should; try --isolate off, and 'efface doctor'");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (Optional<String> line = line(lines); line.isPresent(); line = line(lines)) {
        Optional<Reply> reply = Protocol.reply(line.get());
        if (reply.isPresent()) {
          replies.put(reply.get());
        }
      }
    } catch (IOException e) {
      // A child that is gone says nothing more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      replies.put(new Reply.Gone());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next line, of which no more is kept than a reply can have; empty at the end. */
  private static Optional<String> line(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      if (line.length() < Protocol.MOST_CHARACTERS) {
        line.append((char) c);
      }
    }
    return Optional.empty();
  }

  /**
   * Asks for something and waits for the answer.
   *
   * @param subject what to call it in messages
   * @param progress told of the subject also where the output is audited
   * @throws JobException if the child ends, or goes over a limit; it is useless then
   * @throws CancellationException if the thread is interrupted; the child is useless then
   */
  Reply.Last ask(Request request, Path subject, Progress progress) {
    replies.removeIf(reply -> !(reply instanceof Reply.Gone));
    send(request, subject);
    long moved = System.nanoTime();
    long steps = -1;
    while (true) {
      Reply reply = next();
      if (reply == null) {
        refuseTooMuch(subject);
      } else if (reply instanceof Reply.Gone) {
        throw crashed(subject);
      } else if (reply instanceof Reply.Last last) {
        return last;
      } else if (reply instanceof Reply.Started started) {
        progress.started(subject, started.frames());
        moved = System.nanoTime();
      } else if (reply instanceof Reply.Auditing auditing) {
        progress.auditing(subject, auditing.frames());
        moved = System.nanoTime();
      } else if (reply instanceof Reply.Advanced advanced) {
        if (advanced.steps() > steps) {
          steps = advanced.steps();
          moved = System.nanoTime();
        }
        progress.advanced(advanced.frames(), advanced.objects());
        refuseTooMuch(subject);
      }
      if (System.nanoTime() - moved > limits.silence().toNanos()) {
        throw new JobException(
            subject
                + ": nothing got on for "
                + limits.silence().toSeconds()
                + " s, so its process was ended; the file may be made to do that, or give it more"
                + " with --silence");
      }
    }
  }

  private void send(Request request, Path subject) {
    try {
      OutputStream to = process.getOutputStream();
      to.write((Protocol.line(request) + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
    } catch (IOException e) {
      throw crashed(subject);
    }
  }

  private @Nullable Reply next() {
    try {
      return replies.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
  }

  private JobException crashed(Path subject) {
    ended = true;
    String how;
    try {
      how =
          process.waitFor(5, TimeUnit.SECONDS)
              ? "ended with " + process.exitValue()
              : "fell silent";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
    return new JobException(
        subject
            + ": its process "
            + how
            + " in the middle, by a fault of a decoder or from outside; nothing was kept, and others"
            + " are not touched");
  }

  private void refuseTooMuch(Path subject) {
    long bytes = residentBytes();
    if (bytes > limits.memoryBytes()) {
      throw new JobException(
          subject
              + ": needs more than the "
              + limits.memoryMebibytes()
              + " MiB of memory that a job may have, so its process was ended; give it more with"
              + " --memory");
    }
  }

  /** What the child has in memory, with all that a sandbox puts around it; 0 where nobody tells. */
  private long residentBytes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToLong(process -> OtherProcess.memoryBytes(process, "VmRSS"))
        .sum();
  }

  /** Whether the child is there for more, and sees of its view what is there now. */
  boolean usable() {
    return !ended && process.isAlive() && shown.isStill();
  }

  /** Whether what a request is about was there when the child was shown its view. */
  boolean sees(Request request) {
    if (request instanceof Request.Redact redact) {
      return shown.holds(redact.job().input());
    }
    return !(request instanceof Request.Measure measure) || shown.holds(measure.file());
  }

  /** The child's process, or that of the sandbox around it. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the child at once, with all that it started. */
  @Override
  public void close() {
    ended = true;
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    OtherProcess.awaitEnd(process);
  }
}
