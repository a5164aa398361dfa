package io.efface.audit;

import java.util.Map;
import java.util.Optional;

/** Which boxes may stand where, and what the known others give away. */
final class Mp4Places {
  /** Each name has a blank on both sides; the key is the parent's name. */
  private static final Map<String, String> CHILDREN =
      Map.ofEntries(
          Map.entry("", " ftyp styp moov mdat free skip wide moof mfra sidx "),
          Map.entry("moov", " mvhd trak mvex free skip "),
          Map.entry("mvex", " mehd trex "),
          Map.entry("trak", " tkhd edts mdia free skip "),
          Map.entry("edts", " elst "),
          Map.entry("mdia", " mdhd hdlr minf "),
          Map.entry("minf", " vmhd smhd hdlr dinf stbl "),
          Map.entry("dinf", " dref "),
          Map.entry("stbl", " stsd stts ctts cslg stsc stsz stco co64 stss stps sdtp sgpd sbgp "),
          Map.entry("video", " avcC hvcC av1C vpcC colr pasp fiel btrt mdcv clli gama SmDm CoLL "),
          Map.entry("sound", " esds dOps dfLa alac wave chan chnl srat btrt pcmC enda "),
          Map.entry("wave", " frma esds mp4a alac enda chan ???? "),
          Map.entry("moof", " mfhd traf free "),
          Map.entry("traf", " tfhd tfdt trun sdtp sgpd sbgp "),
          Map.entry("mfra", " tfra mfro "));

  private static final String CONTAINERS =
      " moov mvex trak edts mdia minf dinf stbl moof traf mfra ";

  private static final Map<String, String> LEAKS =
      Map.ofEntries(
          Map.entry("udta", "user data, such as place, maker or captions"),
          Map.entry("meta", "metadata"),
          Map.entry("ilst", "tags"),
          Map.entry("keys", "names of tags"),
          Map.entry("uuid", "a private box, such as an XMP packet"),
          Map.entry("XMP_", "an XMP packet"),
          Map.entry("tref", "a reference to another track, such as chapters"),
          Map.entry("chpl", "chapters"),
          Map.entry("loci", "a place"),
          Map.entry("ID32", "tags"),
          Map.entry("cprt", "a note of rights"),
          Map.entry("thmb", "a thumbnail"),
          Map.entry("pnot", "a preview"),
          Map.entry("PICT", "a preview"),
          Map.entry("clip", "a clipping region"),
          Map.entry("clap", "a crop that hides pixels"),
          Map.entry("tapt", "a crop that hides pixels"));

  private Mp4Places() {}

  /** Whether a box may stand in a parent. */
  static boolean allows(String parent, String type) {
    return CHILDREN.getOrDefault(parent, "").contains(" " + type + " ");
  }

  /** Whether a box holds nothing but boxes. */
  static boolean isContainer(String type) {
    return CONTAINERS.contains(" " + type + " ");
  }

  /** What a box gives away; nothing where it is not known. */
  static Optional<String> leak(String type) {
    return type.startsWith("\u00a9") ? Optional.of("a tag") : Optional.ofNullable(LEAKS.get(type));
  }
}
