package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Goes over every sample in the file's order, looks into it, and finds the bytes of the media data
 * that belong to none. Needs no memory that grows with the number of samples: samples of a track
 * that do not stand in order are a finding of their own.
 */
final class Mp4Samples {
  private final Slice file;
  private final long movieTimescale;
  private final Findings findings;
  private final List<Slice> data;
  private int current;

  /**
   * A run over all samples.
   *
   * @param file any part of it
   * @param data the contents of the boxes with media data, in the file's order
   */
  Mp4Samples(Slice file, long movieTimescale, List<Slice> data, Findings findings) {
    this.file = file;
    this.movieTimescale = movieTimescale;
    this.data = List.copyOf(data);
    this.findings = findings;
  }

  /** Looks at all samples. */
  void check(List<Mp4Track> tracks, Mp4Fragments fragments) {
    PriorityQueue<Mp4Cursor> waiting =
        new PriorityQueue<>(Comparator.comparingLong(Mp4Cursor::offset));
    if (movieTimescale <= 0 && !tracks.isEmpty()) {
      findings.malformed("moov/mvhd", 0);
    }
    for (Mp4Track track : tracks) {
      track.checkHeaders(findings);
    }
    for (Mp4Cursor cursor : cursors(tracks, fragments)) {
      proceed(cursor, waiting);
    }
    long at = 0;
    while (!waiting.isEmpty()) {
      Mp4Cursor cursor = waiting.remove();
      if (cursor.offset() < at) {
        findings.add(
            Kind.MALFORMED, "samples overlap or are out of order", "mdat", cursor.offset());
        continue;
      }
      gap(at, cursor.offset());
      at = cursor.offset() + cursor.size();
      if (inspect(cursor)) {
        proceed(cursor, waiting);
      }
    }
    gap(at, Long.MAX_VALUE);
    for (Mp4Track track : tracks) {
      track.finish(findings);
    }
  }

  private List<Mp4Cursor> cursors(List<Mp4Track> tracks, Mp4Fragments fragments) {
    List<Mp4Cursor> all = new ArrayList<>();
    for (Mp4Track track : tracks) {
      try {
        all.add(Mp4Table.of(track, file.end()));
      } catch (Malformed e) {
        findings.malformed(track.path() + "/stbl", e.offset());
      }
    }
    all.add(fragments);
    return all;
  }

  private void proceed(Mp4Cursor cursor, PriorityQueue<Mp4Cursor> waiting) {
    try {
      if (cursor.next()) {
        waiting.add(cursor);
      }
    } catch (Malformed e) {
      findings.malformed("stbl", e.offset());
    }
  }

  private boolean inspect(Mp4Cursor cursor) {
    try {
      Slice sample = file.elsewhere(cursor.offset(), cursor.size());
      Mp4Track track = cursor.track();
      if (!isData(cursor.offset(), cursor.size())) {
        findings.add(Kind.HIDDEN, "a sample outside the media data", track.path(), cursor.offset());
      }
      track.inspect(sample, findings);
      track.show(cursor, movieTimescale, findings);
      return true;
    } catch (Malformed e) {
      findings.malformed("mdat", e.offset());
      return false;
    }
  }

  private boolean isData(long offset, long size) {
    for (int i = current; i < data.size() && data.get(i).at() <= offset; i++) {
      if (offset + size <= data.get(i).end()) {
        return true;
      }
    }
    return size == 0;
  }

  /** Nothing of the media data may lie between two samples. */
  private void gap(long from, long to) {
    while (current < data.size() && data.get(current).at() < to) {
      Slice part = data.get(current);
      long start = Math.max(from, part.at());
      long end = Math.min(to, part.end());
      if (end > start) {
        findings.add(Kind.HIDDEN, "media data that belongs to no sample", "mdat", start);
      }
      if (part.end() > to) {
        return;
      }
      current++;
    }
  }
}
