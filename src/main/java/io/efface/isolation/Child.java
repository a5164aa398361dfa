package io.efface.isolation;

import io.efface.batch.Failure;
import io.efface.pipeline.Length;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The child's side: does what its parent asks, one thing after another, and says twice a second
 * whether it gets on. It ends when its standard input does, which is when its parent ends, however
 * that comes about.
 */
public final class Child {
  /** The program's only argument where it is to be a child. */
  public static final String ARGUMENT = "--efface-child";

  private static final long BEAT_MILLIS = 500;
  private static final int CONNECT_MILLIS = 2_000;

  private final RedactionPipeline pipeline = new RedactionPipeline();
  private final PrintStream out;
  private volatile long frames;
  private volatile int objects;
  private volatile boolean busy;

  /** A child that speaks to nobody but the stream, borrowed. */
  Child(PrintStream out) {
    this.out = out;
  }

  /**
   * Works until the input ends.
   *
   * @param halt ends the virtual machine at once, even where native code does not return
   */
  public static void run(InputStream in, PrintStream out, Runnable halt) {
    BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    Child child = new Child(out);
    daemon("efface-requests", () -> child.listen(in, requests, halt));
    daemon("efface-beat", child::beat);
    child.say(new Reply.Hello(Protocol.VERSION));
    try {
      while (true) {
        child.answer(requests.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void listen(InputStream in, BlockingQueue<Request> requests, Runnable halt) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        requests.add(Protocol.request(line));
      }
    } catch (IOException | IllegalArgumentException e) {
      say(new Reply.Failed(Failure.Kind.INTERNAL, "no request: " + e.getMessage()));
    } finally {
      halt.run();
    }
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT_MILLIS);
        if (busy) {
          sayHowFar();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayHowFar() {
    say(new Reply.Advanced(pipeline.steps(), frames, objects));
  }

  private void answer(Request request) {
    frames = 0;
    objects = 0;
    busy = true;
    Reply reply;
    try {
      reply = reply(request);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      Failure failure = Failure.of(subject(request), e);
      reply = new Reply.Failed(failure.kind(), failure.message());
    } finally {
      busy = false;
    }
    say(reply);
  }

  private Reply reply(Request request) {
    if (request instanceof Request.Redact redact) {
      Outcome.Redacted outcome = pipeline.redact(redact.job(), telling());
      return new Reply.Redacted(
          outcome.frames(),
          outcome.objects(),
          outcome.corruptFrames(),
          outcome.attention(),
          outcome.notes());
    }
    if (request instanceof Request.Measure measure) {
      return new Reply.Measured(Length.of(measure.file()));
    }
    Request.Probe probe = (Request.Probe) request;
    return new Reply.Probed(reaches(probe.port()), reads(probe.file()));
  }

  private static Path subject(Request request) {
    if (request instanceof Request.Redact redact) {
      return redact.job().input();
    }
    return request instanceof Request.Measure measure
        ? measure.file()
        : ((Request.Probe) request).file();
  }

  private static boolean reaches(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean reads(Path file) {
    try {
      Files.readAllBytes(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized void say(Reply reply) {
    out.print(Protocol.line(reply) + "\n");
    out.flush();
  }

  /** What its pipeline tells how far it is. */
  Progress telling() {
    return new Telling();
  }

  /** Tells of the first frames at once, and keeps in mind how far the job is for the next beat. */
  private final class Telling implements Progress {
    @Override
    public void started(Path input, OptionalLong count) {
      say(new Reply.Started(count));
    }

    @Override
    public void advanced(long done, int found) {
      boolean first = frames == 0 && done > 0;
      frames = done;
      objects = found;
      if (first) {
        sayHowFar();
      }
    }

    @Override
    public void auditing(Path output, OptionalLong count) {
      sayTheLast();
      frames = 0;
      say(new Reply.Auditing(count));
    }

    @Override
    public void finished() {
      sayTheLast();
    }

    /** What came since the last beat would be lost, and the parent's bar never full. */
    private void sayTheLast() {
      if (frames > 0) {
        sayHowFar();
      }
    }
  }
}
