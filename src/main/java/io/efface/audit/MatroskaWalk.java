package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a Matroska or WebM file (RFC 8794, RFC 9559): every element must be one that is known to be
 * harmless in its place.
 */
final class MatroskaWalk {
  private static final int MOST_TRACKS = 64;
  private static final int MOST_SEEKS = 16;
  private static final int INVISIBLE = 8;
  private static final int LACING = 6;

  private final Slice file;
  private final Findings findings;
  private final List<MatroskaTrack> tracks = new ArrayList<>();
  private MatroskaTrack track = new MatroskaTrack("");
  private final Map<MatroskaTrack, VpxCheck> vpx = new HashMap<>();
  private final MatroskaCues index;
  private final TrackStarts starts = new TrackStarts();
  private double secondsATick = 1e-3;
  private long clusterTime;
  private boolean segment;
  private long frames;
  private long seeks;
  private long cues;

  /**
   * An element's header.
   *
   * @param size empty where it is not known
   */
  record Header(long start, long id, Optional<Long> size) {}

  MatroskaWalk(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
    this.index = new MatroskaCues(file, findings);
  }

  /** Walks the file and gives its number of tracks. */
  int walk() {
    children(file.copy(), MatroskaElement.FILE, "", false);
    if (tracks.stream().filter(MatroskaTrack::isVideo).count() > 1) {
      findings.add(Kind.STREAM, "more than one video", "Tracks", 0);
    }
    tracks.forEach(each -> each.end(findings));
    starts.check("Cluster", findings);
    if (!segment) {
      findings.add(Kind.MALFORMED, "no segment", "", 0);
    }
    if (seeks > MOST_SEEKS || cues > 2 * frames) {
      findings.add(Kind.HIDDEN, "an index of more than there is", "Segment", 0);
    }
    return tracks.size();
  }

  /** Reads elements up to the end, or, where a parent's end is open, up to one of its siblings. */
  private void children(Slice in, MatroskaElement parent, String path, boolean open) {
    Set<MatroskaElement> seen = new HashSet<>();
    long start = in.at();
    try {
      while (in.hasRemaining()) {
        start = in.at();
        Header header = header(in.copy());
        Optional<MatroskaElement> element = MatroskaElement.of(header.id());
        if (segment && parent.equals(MatroskaElement.FILE)) {
          findings.add(Kind.TRAILING, "bytes behind the end", path, start);
          return;
        }
        if (open && endsCluster(element, parent)) {
          return;
        }
        header(in);
        if (element.isPresent() && !seen.add(element.get()) && !element.get().mayRepeat()) {
          String within = below(path, element.get());
          findings.add(Kind.HIDDEN, "an element that stands there twice", within, start);
        }
        element(header, element, in, parent, path);
      }
    } catch (Malformed e) {
      boolean behind = segment && parent.equals(MatroskaElement.FILE);
      findings.add(
          behind ? Kind.TRAILING : Kind.MALFORMED,
          behind ? "bytes behind the end" : "the structure contradicts itself or ends too early",
          path,
          start);
      in.skip(in.remaining());
    }
  }

  private static String below(String above, MatroskaElement element) {
    return above.isEmpty() ? element.name() : above + "/" + element.name();
  }

  private static boolean endsCluster(Optional<MatroskaElement> element, MatroskaElement parent) {
    return parent.name().equals("Cluster")
        && element.isPresent()
        && element.get().parent().equals("Segment");
  }

  private void element(
      Header header,
      Optional<MatroskaElement> known,
      Slice in,
      MatroskaElement parent,
      String above) {
    if (known.isEmpty() || !known.get().belongsTo(parent)) {
      findings.add(Kind.UNKNOWN, "an element that does not belong there", above, header.start());
      in.skip(header.size().orElse(in.remaining()));
      return;
    }
    MatroskaElement element = known.get();
    String path = below(above, element);
    if (header.size().isEmpty()) {
      if (!element.mayBeOpen()) {
        throw new Malformed(header.start());
      }
      enter(element, in, path, header);
      return;
    }
    Slice body = in.take(header.size().get());
    switch (element.type()) {
      case LEAK -> leak(element, above, header.start());
      case MASTER -> enter(element, body, path, header);
      case NUMBER -> {
        if (body.remaining() > 8) {
          findings.add(Kind.HIDDEN, "a number of too many bytes", path, header.start());
        }
      }
      case CHECKED -> {
        try {
          checked(element.name(), body, path);
        } catch (Malformed e) {
          findings.malformed(path, e.offset());
        }
      }
    }
  }

  private void leak(MatroskaElement element, String above, long start) {
    Kind kind =
        element.name().startsWith("the name") || element.name().startsWith("a title")
            ? Kind.NAME
            : element.name().startsWith("a time") ? Kind.TIME : Kind.METADATA;
    findings.add(kind, element.name(), above, start);
  }

  private void enter(MatroskaElement element, Slice body, String path, Header header) {
    if (element.name().equals("TrackEntry")) {
      if (tracks.size() == MOST_TRACKS) {
        findings.add(Kind.STREAM, "very many tracks", path, header.start());
        return;
      }
      String within = path + " " + (tracks.size() + 1);
      track = new MatroskaTrack(within);
      tracks.add(track);
      children(body, element, within, false);
      track.finish(header.start(), findings);
      if (tracks.stream().filter(other -> other.number() == track.number()).count() > 1) {
        findings.malformed(within + "/TrackNumber", header.start());
      }
      return;
    }
    long before = frames;
    switch (element.name()) {
      case "Segment" -> index.segment(body.at());
      case "Seek" -> seeks++;
      case "CuePoint" -> {
        cues++;
        index.point();
      }
      case "CueTrackPositions" -> {
        cues++;
        index.position();
      }
      default -> {}
    }
    children(body, element, path, header.size().isEmpty());
    if (element.name().equals("CueTrackPositions")) {
      index.check(path, header.start());
    }
    if (element.holdsFrames() && frames == before) {
      findings.add(Kind.HIDDEN, "fields of no frame", path, header.start());
    }
    segment |= element.name().equals("Segment");
  }

  private void checked(String name, Slice body, String path) {
    switch (name) {
      case "Void" -> findings.blank(body, path);
      case "CRC-32" -> {
        body.skip(4);
        findings.exhausted(body, path);
      }
      case "DocType" -> docType(body, path);
      case "MuxingApp", "WritingApp" -> name(body, path);
      case "TrackNumber" -> track.number(number(body));
      case "TrackUID" -> {
        // Muxers number tracks by chance, which tells files apart; this one counts them.
        if (number(body) != tracks.size()) {
          findings.add(Kind.METADATA, "a number that names the track", path, body.at());
        }
      }
      case "TrackType" -> track.type(number(body));
      case "FlagEnabled" -> {
        if (number(body) != 1) {
          findings.add(Kind.HIDDEN, "a track that is not shown", path, body.at());
        }
      }
      case "MaxBlockAdditionID" -> {
        if (number(body) != 0) {
          findings.add(Kind.METADATA, "data beside the pictures", path, body.at());
        }
      }
      case "Language" -> language(body, path);
      case "CodecID" -> codec(text(body));
      case "CodecPrivate" -> track.header(body);
      case "TimestampScale" -> secondsATick = number(body) * 1e-9;
      case "Timestamp" -> clusterTime = number(body);
      case "CueTime" -> index.time(number(body));
      case "CueTrack" -> index.track(number(body));
      case "CueClusterPosition" -> index.cluster(number(body));
      case "CueRelativePosition" -> index.block(number(body));
      case "SimpleBlock", "Block" -> block(body, path);
      default -> throw new IllegalStateException("no check for " + path);
    }
  }

  private void codec(String id) {
    track.codec(id);
    switch (id) {
      case "V_VP8" -> vpx.put(track, VpxCheck.ofVp8());
      case "V_VP9" -> vpx.put(track, VpxCheck.ofVp9());
      default -> {}
    }
  }

  private void name(Slice body, String path) {
    long at = body.at();
    if (!body.isAll(0)) {
      findings.add(Kind.NAME, "the name of a program", path, at);
    }
  }

  private void docType(Slice body, String path) {
    long at = body.at();
    if (!text(body).matches("matroska|webm")) {
      findings.add(Kind.UNKNOWN, "a kind of document that is not known", path, at);
    }
  }

  private void language(Slice body, String path) {
    long at = body.at();
    if (!text(body).matches("[a-z]{2,3}")) {
      findings.add(Kind.METADATA, "a language that is none", path, at);
    }
  }

  private static String text(Slice body) {
    return new String(body.bytes(64), StandardCharsets.ISO_8859_1).replaceAll("\0+$", "");
  }

  static long number(Slice body) {
    if (body.remaining() > 8) {
      throw new Malformed(body.at());
    }
    return body.number((int) body.remaining());
  }

  private void block(Slice body, String path) {
    frames++;
    long start = body.at();
    long number = vint(body).orElseThrow(() -> new Malformed(start));
    long time = clusterTime + (short) body.u16();
    int flags = body.u8();
    Optional<MatroskaTrack> owner =
        tracks.stream().filter(candidate -> candidate.number() == number).findFirst();
    if (owner.isEmpty()) {
      findings.add(Kind.HIDDEN, "a frame of no track", path, start);
      return;
    }
    if (owner.get().starts()) {
      starts.add(time * secondsATick);
    }
    boolean video = owner.get().isVideo();
    if ((flags & INVISIBLE) != 0 || (video && time < 0)) {
      findings.add(Kind.HIDDEN, "a frame that is not shown", path, start);
    }
    if ((flags & LACING) == 0) {
      VpxCheck check = vpx.get(owner.get());
      if (check != null) {
        check.check(body.copy(), path, findings);
      }
      owner.get().inspect(body, findings);
    } else if (video || owner.get().isChecked()) {
      findings.add(Kind.UNKNOWN, "several frames in one block", path, start);
    }
  }

  static Header header(Slice in) {
    long start = in.at();
    int more = Integer.numberOfLeadingZeros(in.peek()) - 24;
    if (more > 3) {
      throw new Malformed(start);
    }
    long id = in.number(1 + more);
    return new Header(start, id, vint(in));
  }

  /** A number whose first byte tells its length; nothing where all its bits are set. */
  static Optional<Long> vint(Slice in) {
    int more = Integer.numberOfLeadingZeros(in.peek()) - 24;
    if (more > 7) {
      throw new Malformed(in.at());
    }
    long mask = (1L << (7 * (1 + more))) - 1;
    long value = in.number(1 + more) & mask;
    return value == mask ? Optional.empty() : Optional.of(value);
  }
}
