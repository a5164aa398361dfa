package io.efface;

import java.lang.Thread.State;

/** A program whose work is over when a signal, for which another exit stands here, ends it. */
public final class LateMain {
  private LateMain() {}

  /** Ends with 143 and says before that how the thread waits that wanted to end with 130. */
  public static void main(String[] args) {
    Thread late = new Thread(() -> Main.end(130), "late");
    late.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(late)));
    System.exit(143);
  }

  private static void tell(Thread late) {
    late.start();
    try {
      for (int still = 0; still < 5; still = isAtRest(late) ? still + 1 : 0) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.err.print(late.getState() == State.WAITING ? "waits\n" : "asks for an end of its own\n");
  }

  private static boolean isAtRest(Thread thread) {
    return thread.getState() == State.WAITING || thread.getState() == State.BLOCKED;
  }
}
