package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks how a track's coding is described: sample entries and the boxes inside them. */
final class Mp4Entries {
  private static final String VIDEO = " avc1 avc3 hvc1 hev1 av01 vp09 vp08 ";
  private static final String SOUND =
      " mp4a Opus fLaC alac sowt twos in24 in32 fl32 fl64 lpcm ipcm fpcm raw  ulaw alaw ";

  /** What says how to look into the samples, of the codings that have room for messages. */
  private static final Map<String, String> CONFIGURATIONS =
      Map.ofEntries(
          Map.entry("avc1", "avcC"),
          Map.entry("avc3", "avcC"),
          Map.entry("hvc1", "hvcC"),
          Map.entry("hev1", "hvcC"),
          Map.entry("av01", "av1C"),
          Map.entry("mp4a", "esds"),
          Map.entry("Opus", "dOps"));

  private static final int MOST_ENTRIES = 16;
  private static final int MOST_CHANNELS = 128;
  private static final int DEPTH = 3;

  private final Mp4Track track;
  private final Findings findings;

  // Of the entry that is being read.
  private String coding = "";
  private boolean configured;

  Mp4Entries(Mp4Track track, Findings findings) {
    this.track = track;
    this.findings = findings;
  }

  /** Checks a box {@code stsd}. */
  void check(Slice body, String path) {
    body.skip(4);
    long count = body.u32();
    if (count > MOST_ENTRIES) {
      throw new Malformed(body.at());
    }
    if (count != 1) {
      findings.add(Kind.UNKNOWN, "none or several descriptions of the coding", path, body.at());
    }
    for (long i = 0; i < count; i++) {
      Mp4Box entry = Mp4Box.read(body);
      entry(entry, path + "/" + entry.type());
    }
    findings.exhausted(body, path);
  }

  private void entry(Mp4Box entry, String path) {
    boolean video = track.isVideo();
    if (!(video ? VIDEO : SOUND).contains(" " + entry.type() + " ")) {
      findings.add(Kind.UNKNOWN, "a coding that is not known to be harmless", path, entry.start());
      return;
    }
    coding = entry.type();
    configured = false;
    Slice body = entry.body();
    findings.blank(body.take(6), path);
    body.skip(2);
    if (video) {
      videoFields(body, path);
      children(body, "video", path, 0);
      switch (coding) {
        case "vp08" -> track.check(VpxCheck.ofVp8());
        case "vp09" -> track.check(VpxCheck.ofVp9());
        default -> {}
      }
    } else {
      soundFields(body, path);
      children(body, "sound", path, 0);
    }
    if (CONFIGURATIONS.containsKey(coding) && !configured) {
      findings.malformed(path, entry.start());
    }
  }

  private void videoFields(Slice body, String path) {
    body.skip(4);
    vendor(body, path);
    // Qualities, width and height.
    body.skip(12);
    body.skip(8);
    findings.blank(body.take(4), path);
    body.skip(2);
    Slice compressor = body.take(32);
    long at = compressor.at();
    if (!compressor.isAll(0)) {
      findings.add(Kind.NAME, "the name of a compressor", path, at);
    }
    body.skip(4);
  }

  private void soundFields(Slice body, String path) {
    int version = body.u16();
    body.skip(2);
    vendor(body, path);
    body.skip(12);
    if (version > 2) {
      throw new Malformed(body.at());
    }
    body.skip(version == 0 ? 0 : version == 1 ? 16 : 36);
  }

  private void vendor(Slice body, String path) {
    long at = body.at();
    if (body.u32() != 0) {
      findings.add(Kind.NAME, "the name of a vendor", path, at);
    }
  }

  private void children(Slice in, String parent, String path, int depth) {
    Set<String> seen = new HashSet<>();
    while (in.hasRemaining()) {
      // QuickTime may end a list with a zero of 32 bits.
      if (in.remaining() == 4 && in.copy().u32() == 0) {
        in.skip(4);
        return;
      }
      Mp4Box box = Mp4Box.read(in);
      String within = path + "/" + box.type();
      Optional<String> leak = Mp4Places.leak(box.type());
      if (leak.isPresent()) {
        findings.add(Kind.METADATA, leak.get(), within, box.start());
      } else if (!Mp4Places.allows(parent, box.type()) || depth == DEPTH) {
        findings.add(Kind.UNKNOWN, "a box that does not belong there", within, box.start());
      } else if (!seen.add(box.type())) {
        findings.add(Kind.HIDDEN, "a box that stands there twice", within, box.start());
      } else if (box.type().equals("wave")) {
        children(box.body(), "wave", within, depth + 1);
      } else {
        try {
          child(box.type(), box.body(), within);
        } catch (Malformed e) {
          findings.malformed(within, e.offset());
        }
      }
    }
  }

  private void child(String type, Slice body, String path) {
    switch (type) {
      case "avcC", "hvcC", "av1C", "esds", "dOps" -> configuration(type, body, path);
      case "dfLa" -> {
        findings.blank(body.take(4), path);
        CodecHeaders.flac(body, path, findings);
      }
      case "alac" -> {
        findings.blank(body.take(4), path);
        CodecHeaders.alac(body, path, findings);
      }
      case "colr" -> colour(body, path);
      case "chan" -> channels(body, path);
      case "mp4a", "????" -> findings.blank(body, path);
      default -> body.skip(Math.min(body.remaining(), fixedBytes(type)));
    }
    findings.exhausted(body, path);
  }

  /** What the samples are looked into by; QuickTime may have it one level further down. */
  private void configuration(String type, Slice body, String path) {
    long at = body.at();
    if (!type.equals(CONFIGURATIONS.getOrDefault(coding, ""))) {
      findings.add(Kind.UNKNOWN, "a box that does not belong there", path, at);
      body.skip(body.remaining());
      return;
    }
    if (configured) {
      findings.add(Kind.HIDDEN, "a box that stands there twice", path, at);
    }
    configured = true;
    body.skip(type.equals("esds") ? 4 : 0);
    SampleCheck check =
        switch (type) {
          case "avcC" -> CodecHeaders.avc(body, path, findings);
          case "hvcC" -> CodecHeaders.hevc(body, path, findings);
          case "av1C" -> CodecHeaders.av1(body, path, findings);
          case "dOps" -> {
            findings.blank(body.take(1), path);
            yield CodecHeaders.opus(body, path, findings);
          }
          default -> CodecHeaders.descriptor(body, path, findings);
        };
    track.check(check);
  }

  /** chan: descriptions of channels, with flags and places that nothing writes. */
  private void channels(Slice body, String path) {
    // Version, flags, layout and bitmap.
    body.skip(12);
    long descriptions = body.u32();
    if (descriptions > MOST_CHANNELS) {
      throw new Malformed(body.at());
    }
    for (long i = 0; i < descriptions; i++) {
      body.skip(4);
      findings.blank(body.take(16), path);
    }
  }

  private void colour(Slice body, String path) {
    long at = body.at();
    String type = body.fourCc();
    if (!type.equals("nclx") && !type.equals("nclc")) {
      findings.add(Kind.METADATA, "a colour profile", path, at);
      body.skip(body.remaining());
      return;
    }
    body.skip(type.equals("nclx") ? 7 : 6);
  }

  private static int fixedBytes(String type) {
    return switch (type) {
      case "fiel", "enda" -> 2;
      case "clli", "gama", "frma" -> 4;
      case "pcmC" -> 6;
      case "pasp", "CoLL", "srat" -> 8;
      case "btrt", "vpcC" -> 12;
      case "mdcv" -> 24;
      case "SmDm" -> 28;
      // A place for each channel.
      default -> 64;
    };
  }
}
