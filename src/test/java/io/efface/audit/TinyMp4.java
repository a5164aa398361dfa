package io.efface.audit;

import static io.efface.audit.Pieces.box;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.unit;
import static io.efface.audit.Pieces.zeros;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A film of two frames of H.264, 25 a second, whose parts can be changed before it is made. */
final class TinyMp4 {
  /** In front of the first sample: ftyp and the header of mdat. */
  private static final int DATA_OFFSET = 24 + 8;

  final List<byte[]> samples = new ArrayList<>(List.of(unit("658884"), unit("419a3f")));
  final Map<String, byte[]> more = new HashMap<>();
  String brand = "isom";
  String handler = "vide";
  String handlerName = "VideoHandler\0";
  String vendor = "\0\0\0\0";
  String compressor = "";
  String entry = "avc1";
  String configuration = "avcC";
  byte[] configured = hex("0142c00aff e1 0007 6742c00ada1099 01 0004 68ce3880");
  long created;
  long dataReference = 1;
  byte[] edits = u32(0, 1, 2 * 40, 0, 0x10000);
  byte[] gap = {};

  /** Says once that all samples are as long as the first. */
  boolean oneSize;

  /** In place of what fits the samples, where they are not empty. */
  byte[] durations = {};

  byte[] chunks = {};
  byte[] description = {};

  /** More children for a box. */
  TinyMp4 with(String parent, byte[] child) {
    more.merge(parent, child, Pieces::join);
    return this;
  }

  private byte[] more(String parent) {
    return more.getOrDefault(parent, zeros(0));
  }

  byte[] bytes() {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    samples.forEach(data::writeBytes);
    return join(
        box("ftyp", text(brand), u32(512), text("isom"), text("avc1")),
        box("mdat", data.toByteArray(), gap),
        movie(),
        more(""));
  }

  private byte[] movie() {
    byte[] header =
        join(u32(0, created, created, 1000, 80, 0x10000), u16(0x100), zeros(10), zeros(60));
    return box("moov", box("mvhd", header, u32(2)), track(), more("moov"));
  }

  private byte[] track() {
    byte[] header =
        join(u32(3, created, created, 1, 0, 80), zeros(16), zeros(36), u32(64 << 16, 64 << 16));
    return box("trak", box("tkhd", header), box("edts", box("elst", edits)), media(), more("trak"));
  }

  private byte[] media() {
    return box(
        "mdia",
        box("mdhd", u32(0, 0, 0, 1000, 80), u16(0x55c4), u16(0)),
        box("hdlr", u32(0, 0), text(handler), zeros(12), text(handlerName)),
        box(
            "minf",
            box("vmhd", u32(1), zeros(8)),
            box("dinf", box("dref", u32(0, 1), box("url ", u32(dataReference)))),
            tables(),
            more("minf")),
        more("mdia"));
  }

  private byte[] tables() {
    byte[] sizes = u32(0, oneSize ? samples.get(0).length : 0, samples.size());
    for (byte[] sample : samples) {
      sizes = oneSize ? sizes : join(sizes, u32(sample.length));
    }
    return box(
        "stbl",
        box("stsd", u32(0, 1), description.length > 0 ? description : entry()),
        box("stts", durations.length > 0 ? durations : u32(0, 1, samples.size(), 40)),
        box("stsc", chunks.length > 0 ? chunks : u32(0, 1, 1, samples.size(), 1)),
        box("stsz", sizes),
        box("stco", u32(0, 1, DATA_OFFSET)),
        more("stbl"));
  }

  /** How the coding is described. */
  byte[] entry() {
    byte[] name = new byte[32];
    System.arraycopy(text(compressor), 0, name, 0, compressor.length());
    return box(
        entry,
        zeros(6),
        u16(1),
        zeros(4),
        text(vendor),
        zeros(8),
        u16(64),
        u16(64),
        u32(0x480000, 0x480000, 0),
        u16(1),
        name,
        u32(0x18ffff),
        configuration.isEmpty() ? zeros(0) : box(configuration, configured, more(configuration)),
        more("entry"));
  }
}
