package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the walk learns of one track. Single-threaded. */
final class Mp4Track {
  /** Of sound, the priming of a decoder is hidden and no more: a quarter of a second. */
  private static final int PRIMING_SHARE = 4;

  /** Of pictures, at most a twenty-fifth of a second is lost to rounding. */
  private static final int LOST_SHARE = 25;

  private static final int NORMAL_RATE = 0x00010000;

  private final String path;
  private final long start;
  private final Map<String, Slice> tables = new HashMap<>();
  private final List<Edit> edits = new ArrayList<>();
  private String handler = "";
  private long id;
  private long timescale;
  private long samples;
  private SampleCheck check = SampleCheck.NONE;
  private long hiddenSound;

  /**
   * One entry of an edit list.
   *
   * @param duration in ticks of the movie; 0 for all there is
   * @param mediaTime in ticks of the track; -1 shows nothing
   * @param rate 16.16
   */
  record Edit(long duration, long mediaTime, long rate) {}

  /**
   * A track.
   *
   * @param path for findings
   * @param start offset of its box
   */
  Mp4Track(String path, long start) {
    this.path = path;
    this.start = start;
  }

  String path() {
    return path;
  }

  /** Offset of its box. */
  long start() {
    return start;
  }

  /** {@code vide} or {@code soun}; empty while unknown. */
  String handler() {
    return handler;
  }

  void handler(String type) {
    handler = type;
  }

  boolean isVideo() {
    return handler.equals("vide");
  }

  long id() {
    return id;
  }

  void id(long number) {
    id = number;
  }

  void timescale(long ticksPerSecond) {
    timescale = ticksPerSecond;
  }

  /** How many samples its own tables name. */
  long samples() {
    return samples;
  }

  void samples(long count) {
    samples = count;
  }

  void add(Edit edit) {
    edits.add(edit);
  }

  void check(SampleCheck of) {
    check = of;
  }

  /** Whether its samples are looked into. */
  boolean isChecked() {
    return check != SampleCheck.NONE;
  }

  /** Keeps a table of samples for later; the slice stands at its first field. */
  void table(String type, Slice body) {
    tables.put(type, body);
  }

  /** A table, from its first field, through a small buffer of its own. */
  Optional<Slice> table(String type) {
    return Optional.ofNullable(tables.get(type)).map(table -> table.apart(4096));
  }

  /** Looks into one of the track's samples. */
  void inspect(Slice sample, Findings findings) {
    long from = sample.at();
    try {
      check.check(sample, path, findings);
    } catch (Malformed e) {
      findings.add(Kind.MALFORMED, "a sample contradicts itself", path, from);
    }
  }

  /** Checks that what its samples are judged by is there, and that the edit list is plain. */
  void checkHeaders(Findings findings) {
    if (timescale <= 0) {
      findings.malformed(path + "/mdia/mdhd", start);
    }
    if (handler.isEmpty()) {
      findings.malformed(path + "/mdia/hdlr", start);
    }
    checkEdits(findings);
  }

  /** Checks that the edit list is of a kind that hides nothing by its shape. */
  private void checkEdits(Findings findings) {
    long parts = edits.stream().filter(edit -> edit.mediaTime() >= 0).count();
    boolean emptyBehind =
        edits.stream().skip(1).anyMatch(edit -> edit.mediaTime() < 0) && !edits.isEmpty();
    if (parts > 1 || emptyBehind || (parts == 0 && !edits.isEmpty())) {
      findings.add(Kind.HIDDEN, "an edit list that rearranges the track", path, start);
    }
    if (edits.stream().anyMatch(edit -> edit.rate() != NORMAL_RATE)) {
      findings.add(Kind.HIDDEN, "an edit list that changes the speed", path, start);
    }
  }

  /**
   * When the track starts, in seconds; 0 where its scale is not told.
   *
   * @param movieTimescale ticks a second of the movie
   * @param first the decoding time of its first fragment, in its own ticks
   */
  double start(long movieTimescale, long first) {
    boolean empty = !edits.isEmpty() && edits.get(0).mediaTime() < 0 && movieTimescale > 0;
    double before = empty ? (double) edits.get(0).duration() / movieTimescale : 0;
    // The highest of 64 bits are a time as well.
    return before + (timescale > 0 ? Math.abs((double) first) / timescale : 0);
  }

  /**
   * Reckons whether the edit list shows a sample.
   *
   * @param movieTimescale ticks a second of the movie
   */
  void show(Mp4Cursor sample, long movieTimescale, Findings findings) {
    Optional<Edit> shown = edits.stream().filter(edit -> edit.mediaTime() >= 0).findFirst();
    if (shown.isEmpty() || timescale <= 0 || movieTimescale <= 0) {
      return;
    }
    long from = shown.get().mediaTime();
    double exact = (double) shown.get().duration() * timescale / movieTimescale;
    long slack = slack(movieTimescale);
    long to = shown.get().duration() == 0 ? Long.MAX_VALUE : from + (long) Math.ceil(exact) + slack;
    long end = sample.pts() + sample.duration();
    if (isVideo()) {
      if (end <= from || sample.pts() >= to) {
        findings.add(
            Kind.HIDDEN,
            "a frame that the edit list keeps from being shown",
            path,
            sample.offset());
      }
      return;
    }
    long before = Math.min(end, from) - sample.pts();
    long behind = end - Math.max(sample.pts(), to);
    hiddenSound += Math.max(0, before) + Math.max(0, behind);
  }

  /** Two ticks of the movie are lost to rounding; of pictures not so many as would hide one. */
  private long slack(long movieTimescale) {
    long ticks = 2 * timescale / movieTimescale;
    return 1 + (isVideo() ? Math.min(ticks, timescale / LOST_SHARE) : ticks);
  }

  /** Judges, after the last sample, what was not shown, and how much sound the edit list hides. */
  void finish(Findings findings) {
    check.finish(path, findings);
    if (timescale > 0 && hiddenSound > timescale / PRIMING_SHARE) {
      findings.add(Kind.HIDDEN, "sound that the edit list keeps from being heard", path, start);
    }
  }
}
