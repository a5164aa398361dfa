package io.efface.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An element of Matroska (RFC 9559) that the audit knows.
 *
 * @param parent the name of its parent; {@code *} for any
 * @param name its own name
 * @param type what it holds
 */
record MatroskaElement(String parent, String name, Type type) {

  /** What an element holds. */
  enum Type {
    /** Other elements. */
    MASTER,
    /** A number of at most 8 bytes. */
    NUMBER,
    /** Something that the walk looks into. */
    CHECKED,
    /** Something that ought not to be there; its name is what it gives away. */
    LEAK
  }

  /** The root of all elements, which has no bytes of its own. */
  static final MatroskaElement FILE = new MatroskaElement("", "file", Type.MASTER);

  private static final Map<Long, MatroskaElement> KNOWN = new HashMap<>();

  private static final String REPEATED =
      " Void Seek TrackEntry CuePoint CueTrackPositions Cluster SimpleBlock BlockGroup ";

  static {
    add("*", Type.CHECKED, "EC Void BF CRC-32");
    add("file", Type.MASTER, "1A45DFA3 EBML 18538067 Segment");
    add("EBML", Type.NUMBER, "4286 Version 42F7 ReadVersion 42F2 MaxIDLength 42F3 MaxSizeLength");
    add("EBML", Type.NUMBER, "4287 DocTypeVersion 4285 DocTypeReadVersion");
    add("EBML", Type.CHECKED, "4282 DocType");
    add("Segment", Type.MASTER, "114D9B74 SeekHead 1549A966 Info 1654AE6B Tracks");
    add("Segment", Type.MASTER, "1C53BB6B Cues 1F43B675 Cluster");
    add("SeekHead", Type.MASTER, "4DBB Seek");
    add("Seek", Type.NUMBER, "53AB SeekID 53AC SeekPosition");
    add("Info", Type.NUMBER, "4489 Duration");
    add("Info", Type.CHECKED, "2AD7B1 TimestampScale 4D80 MuxingApp 5741 WritingApp");
    add("Tracks", Type.MASTER, "AE TrackEntry");
    add("TrackEntry", Type.CHECKED, "D7 TrackNumber 73C5 TrackUID 83 TrackType B9 FlagEnabled");
    add("TrackEntry", Type.CHECKED, "22B59C Language 86 CodecID 63A2 CodecPrivate");
    add("TrackEntry", Type.CHECKED, "55EE MaxBlockAdditionID");
    add("TrackEntry", Type.NUMBER, "88 FlagDefault 55AA FlagForced 9C FlagLacing 6DE7 MinCache");
    add("TrackEntry", Type.NUMBER, "6DF8 MaxCache 23E383 DefaultDuration 56AA CodecDelay");
    add("TrackEntry", Type.NUMBER, "56BB SeekPreRoll AA CodecDecodeAll 55AE FlagOriginal");
    add("TrackEntry", Type.NUMBER, "23314F TrackTimestampScale");
    add("TrackEntry", Type.MASTER, "E0 Video E1 Audio");
    add("Video", Type.NUMBER, "9A FlagInterlaced 9D FieldOrder B0 PixelWidth BA PixelHeight");
    add("Video", Type.NUMBER, "54B0 DisplayWidth 54BA DisplayHeight 54B2 DisplayUnit");
    add("Video", Type.MASTER, "55B0 Colour 7670 Projection");
    add("Colour", Type.NUMBER, "55B1 Matrix 55B2 Bits 55B3 SubsampleX 55B4 SubsampleY");
    add("Colour", Type.NUMBER, "55B5 CbX 55B6 CbY 55B7 SitingX 55B8 SitingY 55B9 Range");
    add("Colour", Type.NUMBER, "55BA Transfer 55BB Primaries 55BC MaxCLL 55BD MaxFALL");
    add("Colour", Type.MASTER, "55D0 MasteringMetadata");
    add("MasteringMetadata", Type.NUMBER, "55D1 RX 55D2 RY 55D3 GX 55D4 GY 55D5 BX 55D6 BY");
    add("MasteringMetadata", Type.NUMBER, "55D7 WX 55D8 WY 55D9 LuminanceMax 55DA LuminanceMin");
    add("Projection", Type.NUMBER, "7671 Type 7673 Yaw 7674 Pitch 7675 Roll");
    add("Audio", Type.NUMBER, "B5 SamplingFrequency 78B5 OutputFrequency 9F Channels 6264 Depth");
    add("Cues", Type.MASTER, "BB CuePoint");
    add("CuePoint", Type.CHECKED, "B3 CueTime");
    add("CuePoint", Type.MASTER, "B7 CueTrackPositions");
    add("CueTrackPositions", Type.CHECKED, "F7 CueTrack F1 CueClusterPosition");
    add("CueTrackPositions", Type.CHECKED, "F0 CueRelativePosition");
    add("Cluster", Type.CHECKED, "E7 Timestamp A3 SimpleBlock");
    add("Cluster", Type.NUMBER, "A7 Position AB PrevSize");
    add("Cluster", Type.MASTER, "A0 BlockGroup");
    add("BlockGroup", Type.CHECKED, "A1 Block");
    add("BlockGroup", Type.NUMBER, "9B BlockDuration FB ReferenceBlock 75A2 DiscardPadding");
    add("BlockGroup", Type.NUMBER, "FA ReferencePriority");
    leak(0x1254C367L, "tags");
    leak(0x1043A770L, "chapters");
    leak(0x1941A469L, "attached files");
    leak(0x7BA9L, "a title");
    leak(0x4461L, "a time of creation");
    leak(0x73A4L, "a number that names the file");
    leak(0x7384L, "the name of a file");
    leak(0x3CB923L, "the number of another file");
    leak(0x3C83ABL, "the name of another file");
    leak(0x3EB923L, "the number of another file");
    leak(0x3E83BBL, "the name of another file");
    leak(0x4444L, "a number that names a family of files");
    leak(0x536EL, "the name of a track");
    leak(0x258688L, "the name of a codec");
    leak(0x6D80L, "compressed or encrypted tracks");
    leak(0x75A1L, "data beside the pictures, such as captions");
    leak(0x41E4L, "data beside the pictures, such as captions");
    leak(0x7672L, "private data of a projection");
    leak(0x54AAL, "a crop that hides pixels");
    leak(0x54BBL, "a crop that hides pixels");
    leak(0x54CCL, "a crop that hides pixels");
    leak(0x54DDL, "a crop that hides pixels");
  }

  private static void add(String parent, Type type, String idsAndNames) {
    String[] words = idsAndNames.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      KNOWN.put(Long.parseLong(words[i], 16), new MatroskaElement(parent, words[i + 1], type));
    }
  }

  private static void leak(long id, String what) {
    KNOWN.put(id, new MatroskaElement("*", what, Type.LEAK));
  }

  /** The element of an ID, marker included. */
  static Optional<MatroskaElement> of(long id) {
    return Optional.ofNullable(KNOWN.get(id));
  }

  /** Whether it may stand in another. */
  boolean belongsTo(MatroskaElement above) {
    return parent.equals("*") || parent.equals(above.name);
  }

  /** Whether it may stand in its parent more than once, or is a finding each time. */
  boolean mayRepeat() {
    return type == Type.LEAK || REPEATED.contains(" " + name + " ");
  }

  /** Whether it is there only for a frame that it holds. */
  boolean holdsFrames() {
    return name.equals("Cluster") || name.equals("BlockGroup");
  }

  /** Whether it may be of unknown length, as live streams have it. */
  boolean mayBeOpen() {
    return name.equals("Segment") || name.equals("Cluster");
  }
}
