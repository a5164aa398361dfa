package io.efface.audit;

import io.efface.audit.Finding.Kind;
import io.efface.media.OpusPadding;
import io.efface.media.OpusPadding.Span;
import java.util.List;

/**
 * Looks at the padding of a packet of Opus ({@link OpusPadding}). What the frames themselves hold
 * cannot be told from sound without decoding it.
 *
 * @param streams how many there are in each packet
 */
record OpusCheck(int streams) implements SampleCheck {
  /** More than all streams' longest packets together. */
  private static final int MAX_BYTES = 1 << 24;

  @Override
  public void check(Slice sample, String path, Findings findings) {
    long start = sample.at();
    byte[] data = sample.bytes(MAX_BYTES);
    List<Span> padding = OpusPadding.of(data, streams).orElseThrow(() -> new Malformed(start));
    for (Span span : padding) {
      for (int at = span.from(); at < span.to(); at++) {
        if (data[at] != 0) {
          findings.add(Kind.HIDDEN, "data in the padding of a packet of sound", path, start);
          return;
        }
      }
    }
  }
}
