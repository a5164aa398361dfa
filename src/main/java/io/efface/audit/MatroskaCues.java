package io.efface.audit;

import io.efface.audit.Finding.Kind;

/**
 * Holds the index of a Matroska file (RFC 9559, 5.1.5) against the frames that it names: each entry
 * is to tell the place, the track and the time of one, in the order of time, so that no number of
 * it can be another. Single-threaded.
 */
final class MatroskaCues {
  private static final long CLUSTER = 0x1F43B675L;
  private static final long TIMESTAMP = 0xE7;
  private static final long SIMPLE_BLOCK = 0xA3;
  private static final long BLOCK_GROUP = 0xA0;
  private static final long BLOCK = 0xA1;

  /** In front of a cluster's time or a group's block stand a few small fields at most. */
  private static final int MOST_FIELDS = 8;

  private static final long NONE = -1;

  private final Slice file;
  private final Findings findings;
  private long segment;
  private long lastTime = NONE;
  private long time = NONE;
  private long track = NONE;
  private long cluster = NONE;
  private long block = NONE;

  MatroskaCues(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /**
   * The segment begins.
   *
   * @param start of its first element, which places count from
   */
  void segment(long start) {
    segment = start;
  }

  /** An entry begins. */
  void point() {
    lastTime = Math.max(lastTime, time);
    time = NONE;
  }

  /** A place of an entry begins. */
  void position() {
    track = NONE;
    cluster = NONE;
    block = NONE;
  }

  void time(long ticks) {
    time = ticks;
  }

  void track(long number) {
    track = number;
  }

  void cluster(long position) {
    cluster = position;
  }

  void block(long position) {
    block = position;
  }

  /** Judges a place that was read. */
  void check(String path, long start) {
    boolean right;
    try {
      right = time > lastTime && isThere();
    } catch (Malformed e) {
      right = false;
    }
    if (!right) {
      findings.add(Kind.HIDDEN, "an index of what is not there", path, start);
    }
  }

  private boolean isThere() {
    if (cluster < 0 || block < 0) {
      return false;
    }
    Slice in = rest(segment + cluster);
    if (MatroskaWalk.header(in).id() != CLUSTER) {
      return false;
    }
    long data = in.at();
    Slice frame = rest(data + block);
    MatroskaWalk.Header header = MatroskaWalk.header(frame);
    if (header.id() == BLOCK_GROUP) {
      frame = field(frame, BLOCK);
    } else if (header.id() != SIMPLE_BLOCK) {
      return false;
    }
    long number = MatroskaWalk.vint(frame).orElse(0L);
    short later = (short) frame.u16();
    return number == track && MatroskaWalk.number(field(in, TIMESTAMP)) + later == time;
  }

  private Slice rest(long at) {
    return file.elsewhere(at, Math.max(0, file.end() - at));
  }

  /** The content of one of the first fields. */
  private static Slice field(Slice in, long id) {
    for (int i = 0; i < MOST_FIELDS; i++) {
      MatroskaWalk.Header header = MatroskaWalk.header(in);
      Slice body = in.take(header.size().orElse(0L));
      if (header.id() == id) {
        return body;
      }
    }
    throw new Malformed(in.at());
  }
}
