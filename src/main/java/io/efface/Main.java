package io.efface;

import io.efface.cli.ConsoleProgress;
import io.efface.cli.Interruption;
import io.efface.cli.RootCommand;
import io.efface.cli.Surroundings;
import io.efface.isolation.Child;
import io.efface.media.NativeCache;
import io.efface.pipeline.JobRunner;
import io.efface.pipeline.RedactionPipeline;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The program's entry: arguments in, exit code out. */
public final class Main {
  /** How long a job may take to remove what it had begun before the program ends all the same. */
  private static final long CANCEL_SECONDS = 10;

  private Main() {}

  /** Runs the command line and ends the virtual machine with its exit code. */
  public static void main(String[] args) {
    NativeCache.choose();
    if (args.length == 1 && args[0].equals(Child.ARGUMENT)) {
      child();
    }
    end(run(new RedactionPipeline(), args));
  }

  /**
   * Ends the virtual machine with an exit code; does not return. Where a signal ends it already,
   * the code is the signal's: a second wish to end, in the moment between the end of the hooks and
   * that of the machine, would put its own in that one's place, so there is none.
   */
  static void end(int code) {
    CountDownLatch never = new CountDownLatch(1);
    while (Interruption.isEnding()) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // Waiting for the machine's end is all that is left to do.
      }
    }
    System.exit(code);
  }

  /** Works for a parent process until that ends. Natives that print do not reach the parent. */
  private static void child() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Child.run(System.in, out, () -> Runtime.getRuntime().halt(0));
    System.exit(0);
  }

  /**
   * Runs the command line. If the virtual machine is told to end meanwhile (Ctrl-C, {@code kill}),
   * the running job is cancelled and has removed what it had begun before the machine goes; the
   * machine itself then exits with 128 and the signal's number, so 130 after Ctrl-C.
   *
   * @return the exit code
   */
  static int run(JobRunner runner, String... args) {
    CountDownLatch over = new CountDownLatch(1);
    Surroundings surroundings = new Surroundings(runner, ConsoleProgress.forTerminal());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> cancel(surroundings, over), "efface-cancel"));
    try {
      return RootCommand.commandLine(surroundings).execute(args);
    } finally {
      over.countDown();
    }
  }

  /** Runs in the shutdown hook, where {@code System.exit} would wait for itself. */
  private static void cancel(Surroundings surroundings, CountDownLatch over) {
    if (over.getCount() == 0) {
      return;
    }
    surroundings.interruption().cancel();
    surroundings.downloader().cancel();
    Thread cancelling = new Thread(surroundings.runner()::cancel, "efface-cancelling");
    cancelling.setDaemon(true);
    cancelling.start();
    try {
      // The job is whole or gone when the command line has returned; until then its last lines
      // may still be on their way.
      if (!over.await(CANCEL_SECONDS, TimeUnit.SECONDS)) {
        cancelling.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
