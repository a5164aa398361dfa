package io.efface.audit;

/** The samples that a track's own tables name (ISO/IEC 14496-12, 8.6 and 8.7). */
final class Mp4Table implements Mp4Cursor {
  private final Mp4Track track;
  private final long fileSize;
  private final Slice sizes;
  private final Slice offsets;
  private final Slice chunkRuns;
  private final Runs durations;
  private final Runs shifts;
  private final int offsetBytes;
  private final boolean singly;
  private final long oneSize;
  private long samplesLeft;
  private long chunksLeft;
  private long chunkRunsLeft;
  private long chunk;
  private long nextRun = 1;
  private long samplesPerChunk;
  private long leftInChunk;
  private long position;
  private long offset;
  private long size;
  private long dts;
  private long pts;
  private long duration;

  /** Pairs of a count and a value. */
  private static final class Runs {
    private final Slice pairs;
    private final boolean signed;
    private long pairsLeft;
    private long left;
    private long value;

    private Runs(Slice table, boolean signed) {
      this.pairs = table;
      this.signed = signed;
      if (table.hasRemaining()) {
        table.skip(4);
        this.pairsLeft = table.u32();
      }
    }

    /** Takes up to {@code count} items of one value; 0 where there is none left. */
    private long take(long count) {
      while (left == 0 && pairsLeft > 0) {
        pairsLeft--;
        left = pairs.u32();
        value = signed ? (int) pairs.u32() : pairs.u32();
      }
      long taken = Math.min(left, count);
      left -= taken;
      return taken;
    }

    /** The value of the next item, going on by {@code count}; 0 behind the last one. */
    private long next(long count) {
      long taken = take(count);
      long first = taken == 0 ? 0 : value;
      sum(count - taken);
      return first;
    }

    /** The sum over the next items. */
    private long sum(long count) {
      long sum = 0;
      long rest = count;
      while (rest > 0) {
        long taken = take(rest);
        if (taken == 0) {
          return sum;
        }
        sum += taken * value;
        rest -= taken;
      }
      return sum;
    }
  }

  private Mp4Table(Mp4Track track, long fileSize, boolean wide) {
    this.track = track;
    this.fileSize = fileSize;
    this.sizes = require(track, "stsz");
    this.offsets = require(track, wide ? "co64" : "stco");
    this.chunkRuns = require(track, "stsc");
    this.durations = new Runs(require(track, "stts"), false);
    this.shifts = new Runs(track.table("ctts").orElse(offsets.elsewhere(0, 0)), true);
    this.offsetBytes = wide ? 8 : 4;
    // Each picture is shown or hidden on its own. Samples of PCM would be too many.
    this.singly = track.isVideo() || track.isChecked();
    sizes.skip(4);
    oneSize = sizes.u32();
    samplesLeft = sizes.u32();
    offsets.skip(4);
    chunksLeft = offsets.u32();
    chunkRuns.skip(4);
    chunkRunsLeft = chunkRuns.u32();
    if (chunkRunsLeft > 0 && chunkRuns.u32() != 1) {
      throw new Malformed(chunkRuns.at());
    }
  }

  /**
   * The samples of a track.
   *
   * @throws Malformed if it lacks a table, or has both kinds of table of chunks
   */
  static Mp4Table of(Mp4Track track, long fileSize) {
    boolean wide = track.table("co64").isPresent();
    if ((wide && track.table("stco").isPresent()) || track.table("stsd").isEmpty()) {
      throw new Malformed(track.start());
    }
    return new Mp4Table(track, fileSize, wide);
  }

  private static Slice require(Mp4Track track, String type) {
    return track.table(type).orElseThrow(() -> new Malformed(0));
  }

  @Override
  public boolean next() {
    if (samplesLeft == 0) {
      if (leftInChunk > 0 || chunksLeft > 0 || chunkRunsLeft > 0) {
        throw new Malformed(offsets.at());
      }
      return false;
    }
    while (leftInChunk == 0) {
      nextChunk();
    }
    offset = position;
    if (oneSize == 0) {
      step(1, sizes.u32());
    } else {
      long count = singly ? 1 : Math.min(leftInChunk, samplesLeft);
      if (oneSize > fileSize / count) {
        throw new Malformed(offset);
      }
      step(count, count * oneSize);
    }
    return true;
  }

  private void step(long count, long bytes) {
    size = bytes;
    samplesLeft -= count;
    leftInChunk -= count;
    position += bytes;
    pts = dts + shifts.next(count);
    duration = durations.sum(count);
    dts += duration;
  }

  private void nextChunk() {
    if (chunksLeft == 0) {
      throw new Malformed(offsets.at());
    }
    chunksLeft--;
    chunk++;
    position = offsets.number(offsetBytes);
    if (chunkRunsLeft > 0 && chunk == nextRun) {
      samplesPerChunk = chunkRuns.u32();
      // There is one description of the coding, and a chunk of nothing has an offset to nowhere.
      if (samplesPerChunk == 0 || chunkRuns.u32() != 1) {
        throw new Malformed(chunkRuns.at());
      }
      chunkRunsLeft--;
      nextRun = chunkRunsLeft > 0 ? chunkRuns.u32() : Long.MAX_VALUE;
      if (nextRun <= chunk) {
        throw new Malformed(chunkRuns.at());
      }
    }
    leftInChunk = samplesPerChunk;
  }

  @Override
  public long offset() {
    return offset;
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
    return track;
  }
}
