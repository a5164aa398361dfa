package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks an MP4 or QuickTime file (ISO/IEC 14496-12): every box must be one that is known to be
 * harmless in its place, and every byte of the media data must belong to a sample.
 */
final class Mp4Walk {
  private static final int MOST_TRACKS = 64;
  private static final int MOST_DATA_BOXES = 1_000_000;

  /** So many boxes and entries of indexes may speak of one part of a fragment. */
  private static final int MOST_INDEXED = 4;

  private static final String REPEATED =
      " trak moof mdat traf trun trex sgpd sbgp tfra sidx styp free skip wide ";

  private final Slice file;
  private final Findings findings;
  private final Mp4Leaves leaves;
  private final Mp4Fragments fragments;
  private final List<Mp4Track> tracks = new ArrayList<>();
  private final List<Slice> data = new ArrayList<>();
  private Mp4Track track = new Mp4Track("", 0);
  private Mp4SampleTables sampleTables;
  private long movieTimescale;
  private long indexed;

  Mp4Walk(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
    this.leaves = new Mp4Leaves(findings);
    this.fragments = new Mp4Fragments(file, findings);
    this.sampleTables = new Mp4SampleTables(findings);
  }

  /** Walks the file and gives its number of tracks. */
  int walk() {
    topLevel();
    fragments.add(tracks);
    if (indexed > MOST_INDEXED * fragments.parts()) {
      findings.add(Kind.HIDDEN, "an index of more than there is", "sidx or mfra", 0);
    }
    if (tracks.stream().filter(Mp4Track::isVideo).count() > 1) {
      findings.add(Kind.STREAM, "more than one video", "moov", 0);
    }
    TrackStarts starts = new TrackStarts();
    tracks.forEach(t -> starts.add(t.start(movieTimescale, fragments.start(t.id()))));
    starts.check("moov", findings);
    new Mp4Samples(file, movieTimescale, data, findings).check(tracks, fragments);
    return tracks.size();
  }

  private void topLevel() {
    Set<String> seen = new HashSet<>();
    Slice in = file.copy();
    while (in.hasRemaining()) {
      long start = in.at();
      boolean whole = seen.contains("moov") && !data.isEmpty();
      try {
        Mp4Box box = Mp4Box.read(in);
        boolean known = Mp4Places.allows("", box.type()) || Mp4Places.leak(box.type()).isPresent();
        if (!known && whole) {
          findings.add(Kind.TRAILING, "bytes behind the end", "", start);
          return;
        }
        box(box, "", "", seen);
      } catch (Malformed e) {
        findings.add(
            whole ? Kind.TRAILING : Kind.MALFORMED,
            whole ? "bytes behind the end" : "the structure contradicts itself or ends too early",
            "",
            start);
        return;
      }
    }
    if (!seen.contains("moov")) {
      findings.add(Kind.MALFORMED, "no moov box", "", 0);
    }
  }

  private void children(Slice in, String parent, String path) {
    Set<String> seen = new HashSet<>();
    try {
      while (in.hasRemaining()) {
        box(Mp4Box.read(in), parent, path, seen);
      }
    } catch (Malformed e) {
      findings.malformed(path, e.offset());
    }
  }

  private void box(Mp4Box box, String parent, String above, Set<String> seen) {
    String type = box.type();
    String path = above.isEmpty() ? type : above + "/" + type;
    Optional<String> leak = Mp4Places.leak(type);
    if (leak.isPresent()) {
      findings.add(Kind.METADATA, leak.get(), path, box.start());
    } else if (!Mp4Places.allows(parent, type)) {
      findings.add(Kind.UNKNOWN, "a box that does not belong there", path, box.start());
    } else if (!seen.add(type) && !REPEATED.contains(" " + type + " ")) {
      findings.add(Kind.HIDDEN, "a box that stands there twice", path, box.start());
    } else if (Mp4Places.isContainer(type)) {
      enter(box, path);
    } else {
      try {
        leaf(type, box.body(), parent, path);
      } catch (Malformed e) {
        findings.malformed(path, e.offset());
      }
    }
  }

  private void enter(Mp4Box box, String path) {
    String type = box.type();
    String within = path;
    if (type.equals("trak")) {
      if (tracks.size() == MOST_TRACKS) {
        findings.add(Kind.STREAM, "very many tracks", path, box.start());
        return;
      }
      within = path + " " + (tracks.size() + 1);
      track = new Mp4Track(within, box.start());
      tracks.add(track);
    } else if (type.equals("moof")) {
      fragments.moof(box.start());
    } else if (type.equals("traf")) {
      fragments.traf();
    }
    boolean tables = type.equals("stbl") || type.equals("traf");
    if (tables) {
      sampleTables = new Mp4SampleTables(findings);
    }
    children(box.body(), type, within);
    if (tables) {
      sampleTables.check(type.equals("stbl") ? track.samples() : fragments.samples());
    }
  }

  private void leaf(String type, Slice body, String parent, String path) {
    switch (type) {
      case "ftyp", "styp" -> leaves.brands(body, path);
      case "free", "skip", "wide" -> findings.blank(body, path);
      case "mdat" -> mediaData(body, path);
      case "mvhd" -> movieTimescale = leaves.movieHeader(body, path);
      case "tkhd" -> track.id(leaves.trackHeader(body, path));
      case "mdhd" -> track.timescale(leaves.mediaHeader(body, path));
      case "hdlr" -> handler(body, parent, path);
      case "dref" -> leaves.dataReferences(body, path);
      case "elst" -> leaves.edits(body, path, track);
      case "stsd" -> {
        track.table(type, body.copy());
        new Mp4Entries(track, findings).check(body, path);
      }
      case "vmhd" -> leaves.fixed(body, 12, path);
      case "smhd" -> leaves.fixed(body, 8, path);
      case "cslg" -> leaves.fixed(body, body.copy().u32() >>> 24 == 1 ? 44 : 24, path);
      case "stsz" -> {
        track.table(type, body.copy());
        track.samples(leaves.sizes(body, path));
      }
      case "co64", "stsc", "stco" -> {
        track.table(type, body.copy());
        leaves.table(body, entryBytes(type), path);
      }
      case "stts", "ctts" -> {
        track.table(type, body.copy());
        sampleTables.add(type, body, path);
      }
      case "stss", "stps", "sdtp", "sgpd", "sbgp" -> sampleTables.add(type, body, path);
      default -> fragmentLeaf(type, body, path);
    }
  }

  private void fragmentLeaf(String type, Slice body, String path) {
    switch (type) {
      case "trex" -> {
        fragments.trex(body, path);
        findings.exhausted(body, path);
      }
      case "tfhd" -> {
        fragments.tfhd(body);
        findings.exhausted(body, path);
      }
      case "tfdt" -> {
        fragments.tfdt(body);
        findings.exhausted(body, path);
      }
      case "trun" -> {
        fragments.trun(body, path);
        findings.exhausted(body, path);
      }
      case "sidx" -> indexed += 1 + leaves.segmentIndex(body, path);
      case "tfra" -> indexed += 1 + leaves.randomAccess(body, path);
      case "mehd" -> leaves.fixed(body, body.copy().u32() >>> 24 == 1 ? 12 : 8, path);
      case "mfhd", "mfro" -> leaves.fixed(body, 8, path);
      default -> throw new IllegalStateException("no check for " + path);
    }
  }

  private static int entryBytes(String type) {
    return switch (type) {
      case "stsc" -> 12;
      case "co64" -> 8;
      default -> 4;
    };
  }

  private void mediaData(Slice body, String path) {
    if (data.size() == MOST_DATA_BOXES) {
      findings.malformed(path, body.at());
    } else {
      data.add(body);
    }
  }

  private void handler(Slice body, String parent, String path) {
    long at = body.at();
    String type = leaves.handler(body, path);
    if (parent.equals("mdia")) {
      track.handler(type);
      if (!type.equals("vide") && !type.equals("soun")) {
        findings.add(
            Kind.STREAM, "a track of neither pictures nor sound, such as text or data", path, at);
      }
    }
  }
}
