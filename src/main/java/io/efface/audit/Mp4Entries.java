package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.Optional;

/** Checks how a track's coding is described: sample entries and the boxes inside them. */
final class Mp4Entries {
  private static final String VIDEO = " avc1 avc3 hvc1 hev1 av01 vp09 vp08 ";
  private static final String SOUND =
      " mp4a Opus fLaC ac-3 ec-3 alac mlpa dtsc dtsh dtsl sowt twos in24 in32 fl32 fl64 lpcm ipcm"
          + " fpcm raw  ulaw alaw samr sawb .mp3 ";
  private static final int MOST_ENTRIES = 16;
  private static final int DEPTH = 3;

  private final Mp4Track track;
  private final Findings findings;

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
    Slice body = entry.body();
    findings.blank(body.take(6), path);
    body.skip(2);
    if (video) {
      videoFields(body, path);
      children(body, "video", path, 0);
    } else {
      soundFields(body, path);
      children(body, "sound", path, 0);
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
      case "avcC" -> track.check(CodecHeaders.avc(body, path, findings));
      case "hvcC" -> track.check(CodecHeaders.hevc(body, path, findings));
      case "av1C" -> track.check(CodecHeaders.av1(body, path, findings));
      case "esds" -> {
        body.skip(4);
        track.check(CodecHeaders.descriptor(body, path, findings));
      }
      case "dfLa" -> {
        body.skip(4);
        CodecHeaders.flac(body, path, findings);
      }
      case "dOps" -> {
        body.skip(1);
        CodecHeaders.opus(body, path, findings);
      }
      case "colr" -> colour(body, path);
      case "chan" -> {
        body.skip(12);
        long descriptions = body.u32();
        body.skip(20 * descriptions);
      }
      case "mp4a", "????" -> findings.blank(body, path);
      default -> body.skip(Math.min(body.remaining(), fixedBytes(type)));
    }
    findings.exhausted(body, path);
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
      case "dac3" -> 3;
      case "clli", "gama", "frma" -> 4;
      case "pasp", "CoLL", "srat" -> 8;
      case "btrt", "vpcC" -> 12;
      case "mdcv" -> 24;
      case "SmDm" -> 28;
      // The others describe the sound of one coding and are short.
      default -> 64;
    };
  }
}
