package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The samples of movie fragments (ISO/IEC 14496-12, 8.8), in the file's order. */
final class Mp4Fragments implements Mp4Cursor {
  private static final int MOST_RUNS = 1_000_000;
  private static final int BASE_OFFSET = 1;
  private static final int DESCRIPTION = 2;
  private static final int DEFAULT_DURATION = 8;
  private static final int DEFAULT_SIZE = 0x10;
  private static final int DEFAULT_FLAGS = 0x20;
  private static final int DATA_OFFSET = 1;
  private static final int FIRST_FLAGS = 4;
  private static final int DURATION = 0x100;
  private static final int SIZE = 0x200;
  private static final int FLAGS = 0x400;
  private static final int SHIFT = 0x800;

  private final Map<Long, Mp4Track> tracks = new HashMap<>();
  private final Map<Long, Defaults> defaults = new HashMap<>();
  private final Map<Long, Long> firstTimes = new HashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final Findings findings;

  // The fragment that is being read.
  private long base;
  private long behind;
  private Defaults current = new Defaults(0, 0);
  private long decodeTime;
  private long trackId;
  private long samples;
  private long parts;

  // The sample that is current.
  private int nextRun;
  private long left;
  private Slice entries;
  private long position;
  private long size;
  private long dts;
  private long pts;
  private long duration;

  /** Duration and size of samples that do not say. */
  private record Defaults(long duration, long size) {}

  private record Run(
      long track, long offset, long count, long dts, int flags, Defaults defaults, Slice entries) {}

  /**
   * No fragments yet.
   *
   * @param file any part of it
   */
  Mp4Fragments(Slice file, Findings findings) {
    this.entries = file.elsewhere(0, 0);
    this.findings = findings;
  }

  /** Takes over a movie's tracks; of two with one number players take the first. */
  void add(List<Mp4Track> all) {
    for (Mp4Track track : all) {
      if (tracks.putIfAbsent(track.id(), track) != null) {
        findings.malformed(track.path() + "/tkhd", track.start());
      }
    }
    if (!tracks.keySet().containsAll(defaults.keySet())) {
      findings.add(Kind.HIDDEN, "defaults of no track", "moov/mvex/trex", 0);
    }
  }

  /** A track's defaults. */
  void trex(Slice body, String path) {
    long at = body.at();
    body.skip(4);
    long id = body.u32();
    body.skip(4);
    if (defaults.putIfAbsent(id, new Defaults(body.u32(), body.u32())) != null) {
      findings.add(Kind.HIDDEN, "a box that stands there twice", path, at);
    }
    body.skip(4);
  }

  /** Begins a fragment. */
  void moof(long start) {
    base = start;
    behind = start;
  }

  /** Begins a track's part of a fragment. */
  void traf() {
    samples = 0;
    parts++;
  }

  /** How many samples the track's part of a fragment has so far. */
  long samples() {
    return samples;
  }

  /** How many parts of fragments there are. */
  long parts() {
    return parts;
  }

  /** Whose part of a fragment it is. */
  void tfhd(Slice body) {
    int flags = (int) body.u32();
    trackId = body.u32();
    if ((flags & BASE_OFFSET) != 0) {
      behind = body.u64();
      base = behind;
    }
    body.skip((flags & DESCRIPTION) != 0 ? 4 : 0);
    Defaults ofTrack = defaults.getOrDefault(trackId, new Defaults(0, 0));
    long ticks = (flags & DEFAULT_DURATION) != 0 ? body.u32() : ofTrack.duration();
    long bytes = (flags & DEFAULT_SIZE) != 0 ? body.u32() : ofTrack.size();
    body.skip((flags & DEFAULT_FLAGS) != 0 ? 4 : 0);
    current = new Defaults(ticks, bytes);
    decodeTime = 0;
  }

  /** When a track's part of a fragment starts. */
  void tfdt(Slice body) {
    decodeTime = body.u32() >>> 24 == 0 ? body.u32() : body.u64();
    firstTimes.putIfAbsent(trackId, decodeTime);
  }

  /** When the fragments of a track start, in its ticks; 0 where there are none. */
  long start(long track) {
    return firstTimes.getOrDefault(track, 0L);
  }

  /** A run of samples. */
  void trun(Slice body, String path) {
    int flags = (int) body.u32();
    long count = body.u32();
    long offset = (flags & DATA_OFFSET) != 0 ? base + (int) body.u32() : behind;
    body.skip((flags & FIRST_FLAGS) != 0 ? 4 : 0);
    int entry = 4 * Integer.bitCount(flags & (DURATION | SIZE | FLAGS | SHIFT));
    if ((entry == 0 && count > 0 && current.size() == 0) || runs.size() >= MOST_RUNS) {
      findings.malformed(path, body.at());
      return;
    }
    Slice table = body.take(entry * count);
    samples += count;
    runs.add(new Run(trackId, offset, count, decodeTime, flags, current, table));
    Slice ahead = table.apart(4096);
    long bytes = (flags & SIZE) == 0 ? count * current.size() : 0;
    for (long i = 0; i < count && entry > 0; i++) {
      long ticks = (flags & DURATION) != 0 ? ahead.u32() : current.duration();
      decodeTime += ticks;
      bytes += (flags & SIZE) != 0 ? ahead.u32() : 0;
      ahead.skip(4L * Integer.bitCount(flags & (FLAGS | SHIFT)));
    }
    decodeTime += entry == 0 ? count * current.duration() : 0;
    behind = offset + bytes;
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  @Override
  public boolean next() {
    position += size;
    size = 0;
    while (left == 0) {
      if (nextRun == runs.size()) {
        return false;
      }
      Run run = runs.get(nextRun++);
      left = run.count();
      entries = run.entries().apart(4096);
      position = run.offset();
      dts = run.dts();
    }
    left--;
    Run run = runs.get(nextRun - 1);
    duration = (run.flags() & DURATION) != 0 ? entries.u32() : run.defaults().duration();
    size = (run.flags() & SIZE) != 0 ? entries.u32() : run.defaults().size();
    entries.skip((run.flags() & FLAGS) != 0 ? 4 : 0);
    pts = dts + ((run.flags() & SHIFT) != 0 ? (int) entries.u32() : 0);
    dts += duration;
    return true;
  }

  @Override
  public long offset() {
    return position;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long pts() {
    return pts;
  }

  @Override
  public long duration() {
    return duration;
  }

  @Override
  public Mp4Track track() {
    Run run = runs.get(nextRun - 1);
    Mp4Track track = tracks.get(run.track());
    if (track == null) {
      findings.add(Kind.HIDDEN, "samples of no track", "moof/traf", run.offset());
      throw new Malformed(run.offset());
    }
    return track;
  }
}
