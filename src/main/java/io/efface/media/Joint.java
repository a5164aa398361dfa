package io.efface.media;

import io.efface.media.NalUnits.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Where pictures of the input stand beside pictures of the encoder in one H.264 stream. Each side
 * has parameter sets of its own number, repeated at each of its key pictures; both tell the same
 * size, profile, level, colours and reordering. The input's are written anew from the fields that
 * decoding needs, so that nothing else of them is copied; of the packets only the coded slices are.
 *
 * <p>Whatever is unusual is a reason not to copy, never a reason to fail. Single-threaded.
 */
final class Joint {
  /** Why pictures are not copied whose stream tells how to turn them, which is not copied. */
  static final String TURNED = "its pictures say themselves how they are to be turned";

  private static final int SLICE = 1;
  private static final int IDR_SLICE = 5;
  private static final int MESSAGES = 6;
  private static final int DISPLAY_ORIENTATION = 47;
  private static final int SEQUENCE_SET = 7;
  private static final int PICTURE_SET = 8;
  private static final int MAX_SETS = 16;
  private static final int MOST_REORDERED = 16;

  /** Further parts of a picture: partitions, and a layer of transparency. */
  private static final Set<Integer> PARTS = Set.of(2, 3, 4, 19);

  private final NalUnits units;
  private final SequenceSet sequence;
  private final byte[] sequenceUnit;
  private final Map<Integer, byte[]> pictureUnits = new TreeMap<>();
  private final Map<Integer, PictureSet> pictureSets = new HashMap<>();
  private final SliceHead.Sets known = new Known();
  private final int reordered;
  private byte[] header = new byte[0];
  private byte[] sourcePrefix = new byte[0];
  private byte[] encoderPrefix = new byte[0];

  private Joint(byte[] extradata, int reordered) throws NotJoinable {
    boolean configuration = extradata.length > 6 && extradata[0] == 1;
    this.units = new NalUnits(configuration ? (extradata[4] & 3) + 1 : 0);
    List<byte[]> sets = configuration ? configured(extradata) : separate(extradata);
    List<byte[]> sequences = ofType(sets, SEQUENCE_SET);
    if (sequences.size() != 1) {
      throw new NotJoinable("it does not have one set of parameters");
    }
    this.sequenceUnit = sequences.get(0);
    this.sequence = SequenceSet.parse(sequenceUnit);
    for (byte[] unit : ofType(sets, PICTURE_SET)) {
      PictureSet set = PictureSet.parse(unit);
      if (set.sequence() != sequence.id() || pictureUnits.put(set.id(), unit) != null) {
        throw new NotJoinable("it does not have one set of parameters");
      }
      pictureSets.put(set.id(), set);
    }
    if (pictureSets.isEmpty() || pictureSets.size() > MAX_SETS) {
      throw new NotJoinable("it does not have one set of parameters");
    }
    this.reordered = sequence.orderType() == 2 ? 0 : reordered;
  }

  /**
   * A joint for a stream of the input.
   *
   * @param parameters borrowed for the call
   * @throws NotJoinable if no encoder's pictures could stand beside its own
   */
  static Joint of(AVCodecParameters parameters) throws NotJoinable {
    if (parameters.codec_id() != avcodec.AV_CODEC_ID_H264) {
      throw new NotJoinable("its codec is not H.264");
    }
    int delay = parameters.video_delay();
    if (parameters.extradata_size() <= 0 || delay < 0 || delay > MOST_REORDERED) {
      throw new NotJoinable("its header has no parameters");
    }
    byte[] extradata = new byte[parameters.extradata_size()];
    parameters.extradata().position(0).get(extradata);
    return new Joint(extradata, delay);
  }

  private static List<byte[]> configured(byte[] record) throws NotJoinable {
    List<byte[]> sets = new ArrayList<>();
    int at = 5;
    for (int kind = 0; kind < 2; kind++) {
      int count = at < record.length ? record[at++] & (kind == 0 ? 0x1f : 0xff) : 0;
      for (int i = 0; i < count; i++) {
        int length =
            at + 2 > record.length ? -1 : (record[at] & 0xff) << 8 | (record[at + 1] & 0xff);
        if (length < 1 || length > record.length - at - 2) {
          throw new NotJoinable("its parameters are damaged");
        }
        sets.add(NalUnits.bytes(record, new Unit(at + 2, length, 0)));
        at += 2 + length;
      }
    }
    return sets;
  }

  private static List<byte[]> separate(byte[] extradata) throws NotJoinable {
    return NalUnits.ofStartCodes().split(extradata, extradata.length).stream()
        .map(unit -> NalUnits.bytes(extradata, unit))
        .toList();
  }

  private static List<byte[]> ofType(List<byte[]> sets, int type) {
    return sets.stream().filter(unit -> (unit[0] & 0x1f) == type).toList();
  }

  /** What the encoder must keep to. */
  JoinedCoding coding() {
    int id = sequence.id();
    while (id == sequence.id() || pictureSets.containsKey(id)) {
      id = (id + 1) % 32;
    }
    return new JoinedCoding(id, sequence.profileName(), reordered);
  }

  /** By how many pictures at most the order of showing differs from that of decoding. */
  int reordered() {
    return reordered;
  }

  /**
   * Looks at what the encoder came to, and prepares the parameter sets of both sides.
   *
   * @param extradata the encoder's, with start codes
   * @throws NotJoinable if it differs from the input in what decoders rely on
   */
  void fit(byte[] extradata) throws NotJoinable {
    List<byte[]> sets = separate(extradata);
    List<byte[]> sequences = ofType(sets, SEQUENCE_SET);
    List<byte[]> pictures = ofType(sets, PICTURE_SET);
    if (sequences.size() != 1 || pictures.size() != 1) {
      throw new NotJoinable("the encoder does not have one set of parameters");
    }
    SequenceSet.Described own = SequenceSet.parseDescribed(sequences.get(0));
    PictureSet picture = PictureSet.parse(pictures.get(0));
    if (own.set().id() == sequence.id()
        || picture.sequence() != own.set().id()
        || pictureSets.containsKey(picture.id())) {
      throw new NotJoinable("the encoder numbers its parameters like the input");
    }
    if (!own.set().hasSizeOf(sequence)) {
      throw new NotJoinable("its pictures have a size that the encoder pads");
    }
    if (own.set().profile() > sequence.profile()) {
      throw new NotJoinable("the encoder needs a wider profile");
    }
    int level = Math.max(own.set().level(), sequence.level());
    SequenceSet wide = own.set().within(sequence.profile(), level);
    SequenceSet copied = sequence.within(sequence.profile(), level);
    int held =
        Math.max(
            Math.max(reordered, copied.mostHeld()),
            Math.max(wide.references(), copied.references()));
    List<byte[]> encoder = List.of(wide.unit(own.usability(), reordered, held), pictures.get(0));
    List<byte[]> source = new ArrayList<>();
    source.add(copied.unit(own.usability(), reordered, held));
    source.addAll(pictureUnits.values());
    this.encoderPrefix = NalUnits.joined(encoder);
    this.sourcePrefix = NalUnits.joined(source);
    List<byte[]> all = new ArrayList<>(encoder);
    all.addAll(source);
    this.header = NalUnits.joined(all);
  }

  /** The parameter sets of both sides, for the container. */
  byte[] header() {
    return header.clone();
  }

  /** The encoder's parameter sets, to be put before its key pictures. */
  byte[] encoderPrefix() {
    return encoderPrefix.clone();
  }

  /**
   * Looks into a packet of the input.
   *
   * @return whether it is an IDR, before which nothing is needed
   * @throws NotJoinable if it is of a kind that is not copied
   */
  boolean inspect(AVPacket packet, byte[] data, int size) throws NotJoinable {
    if (avcodec.av_packet_get_side_data(
                packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, (SizeTPointer) null)
            != null
        || avcodec.av_packet_get_side_data(
                packet, avcodec.AV_PKT_DATA_PARAM_CHANGE, (SizeTPointer) null)
            != null) {
      throw new ParametersChange();
    }
    Set<Integer> kinds = new HashSet<>();
    SliceHead first = null;
    int lastBlock = -1;
    for (Unit unit : units.split(data, size)) {
      refuseOtherParameters(data, unit);
      if (unit.type() == MESSAGES && turns(data, unit)) {
        throw new NotJoinable(TURNED);
      }
      if (PARTS.contains(unit.type())) {
        throw new NotJoinable("its pictures come in parts");
      }
      if (unit.type() == SLICE || unit.type() == IDR_SLICE) {
        SliceHead head = SliceHead.parse(data, unit.from(), unit.length(), known);
        first = first == null ? head : first;
        kinds.add(unit.type());
        if (!NalUnits.isWhole(data, unit)) {
          throw new NotJoinable("a packet contradicts itself");
        }
        if (head.firstBlock() <= lastBlock || head.frameNumber() != first.frameNumber()) {
          throw new NotJoinable("a packet does not hold one picture");
        }
        if (head.discardsEarlier()) {
          throw new NotJoinable("it has pictures that are not to be shown");
        }
        lastBlock = head.firstBlock();
      }
    }
    if (first == null || first.firstBlock() != 0 || kinds.size() != 1) {
      throw new NotJoinable("a packet does not hold one picture");
    }
    return kinds.contains(IDR_SLICE);
  }

  /** Whether one of the messages (ISO/IEC 14496-10, 7.3.2.3.1) tells how to turn pictures. */
  private static boolean turns(byte[] data, Unit unit) throws NotJoinable {
    BitReader messages = BitReader.of(data, unit.from() + 1, unit.length() - 1);
    boolean found = false;
    while (messages.hasMore()) {
      found |= messageNumber(messages) == DISPLAY_ORIENTATION;
      for (int left = messageNumber(messages); left > 0; left--) {
        messages.bits(Byte.SIZE);
      }
    }
    return found;
  }

  private static int messageNumber(BitReader messages) throws NotJoinable {
    int number = 0;
    long part = messages.bits(Byte.SIZE);
    while (part == 0xff) {
      number += 0xff;
      part = messages.bits(Byte.SIZE);
    }
    return number + (int) part;
  }

  private void refuseOtherParameters(byte[] data, Unit unit) throws NotJoinable {
    if (unit.type() == SEQUENCE_SET && !matches(sequenceUnit, data, unit)) {
      throw new ParametersChange();
    }
    if (unit.type() == PICTURE_SET
        && pictureUnits.values().stream().noneMatch(known -> matches(known, data, unit))) {
      throw new ParametersChange();
    }
  }

  private static boolean matches(byte[] expected, byte[] data, Unit unit) {
    return Arrays.equals(
        expected, 0, expected.length, data, unit.from(), unit.from() + unit.length());
  }

  /**
   * What is written of a packet that {@link #inspect} let pass: its slices, and the parameter sets
   * before an IDR.
   */
  byte[] cleaned(byte[] data, int size) throws NotJoinable {
    List<Unit> all = units.split(data, size);
    byte[] out = new byte[sourcePrefix.length + size + 4 * all.size()];
    int at = 0;
    for (Unit unit : all) {
      if (unit.type() == IDR_SLICE && at == 0) {
        System.arraycopy(sourcePrefix, 0, out, 0, sourcePrefix.length);
        at = sourcePrefix.length;
      }
      if (unit.type() == SLICE || unit.type() == IDR_SLICE) {
        at = NalUnits.put(out, at, data, unit.from(), unit.length());
      }
    }
    return Arrays.copyOf(out, at);
  }

  /** Other parameters hold from here on: nothing after it is what was looked at. */
  static final class ParametersChange extends NotJoinable {
    private static final long serialVersionUID = 1L;

    ParametersChange() {
      super("its parameters change in the middle");
    }
  }

  /** The sets by number. */
  private final class Known implements SliceHead.Sets {
    @Override
    public PictureSet picture(int id) throws NotJoinable {
      PictureSet set = pictureSets.get(id);
      if (set == null) {
        throw new ParametersChange();
      }
      return set;
    }

    @Override
    public SequenceSet sequence() {
      return sequence;
    }
  }
}
