package io.efface.isolation;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What one job may take.
 *
 * @param silence how long nothing may get on
 * @param memoryBytes resident memory of the child, at least 256 MiB
 * @param megapixels size of a picture
 * @param cores processors that a child counts on, at least 1
 */
public record Limits(Duration silence, long memoryBytes, int megapixels, int cores) {
  /** How long nothing may get on where nothing else is asked for. */
  public static final int DEFAULT_SILENCE_SECONDS = 300;

  /** 16k by 8k, above every camera. */
  public static final int DEFAULT_MEGAPIXELS = 134;

  /** The least memory of a child in mebibytes. */
  public static final long LEAST_MEBIBYTES = 256;

  private static final long MEBIBYTE = 1L << 20;

  /** Checks the bounds. */
  public Limits {
    if (silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException("a job needs some time in which it may be silent");
    }
    if (memoryBytes < LEAST_MEBIBYTES * MEBIBYTE) {
      throw new IllegalArgumentException(
          "a job needs at least " + LEAST_MEBIBYTES + " MiB of memory");
    }
    if (megapixels < 1 || cores < 1) {
      throw new IllegalArgumentException("a job needs a pixel and a processor");
    }
  }

  /** The usual limits where jobs run side by side: half of the machine's memory, shared out. */
  public static Limits shared(int slots) {
    return new Limits(
        Duration.ofSeconds(DEFAULT_SILENCE_SECONDS),
        memoryMebibytes(slots) * MEBIBYTE,
        DEFAULT_MEGAPIXELS,
        Math.max(1, Runtime.getRuntime().availableProcessors() / slots));
  }

  /** Memory of a child in mebibytes where nothing else is asked for, at least 2048. */
  public static long memoryMebibytes(int slots) {
    return Math.max(2048, machineMebibytes() / 2 / slots);
  }

  /** Memory of the whole machine in mebibytes. */
  public static long machineMebibytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        / MEBIBYTE;
  }

  /** Memory in mebibytes. */
  long memoryMebibytes() {
    return memoryBytes / MEBIBYTE;
  }
}
