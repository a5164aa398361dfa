package io.efface.audit;

import io.efface.audit.Finding.Kind;

/**
 * Looks into H.264 (ISO/IEC 14496-10) and HEVC (ISO/IEC 23008-2) for units and messages that do not
 * serve decoding: names of encoders, captions, private data, further layers; for units that hold
 * more than they need; and for pictures, or parts of them, that nothing shows.
 */
final class NalCheck implements SampleCheck {
  /** Encoders write some hundred bytes of parameters in all. */
  private static final int MAX_HEADER_BYTES = 8192;

  /** All messages and delimiters of one picture take less. */
  private static final int MAX_ASIDE_BYTES = 512;

  private final Family family;
  private final int lengthBytes;
  private final SeiMessages messages;
  private final RepeatedUnits parameters;
  private final CodedPictures pictures;
  private long headerBytes;

  /** The two codings, with the numbers of their units. */
  enum Family {
    H264(256, 0),
    HEVC(1024, 8);

    /** Parameter sets are shorter, unless they hold more than decoding needs. */
    private final int maxParameterBytes;

    /** How many sets may stand between the pictures only; whether hardware does that is unknown. */
    private final int spareParameters;

    Family(int maxParameterBytes, int spareParameters) {
      this.maxParameterBytes = maxParameterBytes;
      this.spareParameters = spareParameters;
    }

    private int type(int header) {
      return this == H264 ? header & 0x1f : header >> 1 & 0x3f;
    }

    private CodedPictures pictures() {
      return this == H264 ? new AvcPictures() : new HevcPictures();
    }

    private boolean isSei(int type) {
      return this == H264 ? type == 6 : type == 39 || type == 40;
    }

    private boolean isParameters(int type) {
      return this == H264 ? type == 7 || type == 8 || type == 13 : type >= 32 && type <= 34;
    }

    private boolean isFiller(int type) {
      return type == (this == H264 ? 12 : 38);
    }

    /** Whole slices; libav knows no partitions of H.264 and would pass over them. */
    private boolean isSlice(int type) {
      return this == H264 ? type == 1 || type == 5 : type <= 9 || (type >= 16 && type <= 21);
    }

    private boolean isDelimiter(int type) {
      return type == (this == H264 ? 9 : 35);
    }

    /** The end of a sequence or of the film. */
    private boolean isEnd(int type) {
      return this == H264 ? type == 10 || type == 11 : type == 36 || type == 37;
    }
  }

  /**
   * A check.
   *
   * @param lengthBytes of the length before each unit, 1 to 4
   */
  NalCheck(Family family, int lengthBytes) {
    this.family = family;
    this.lengthBytes = lengthBytes;
    this.messages = new SeiMessages(family);
    this.parameters = new RepeatedUnits(family.spareParameters);
    this.pictures = family.pictures();
  }

  @Override
  public void check(Slice sample, String path, Findings findings) {
    long start = sample.at();
    long aside = 0;
    pictures.begin();
    messages.begin();
    while (sample.hasRemaining()) {
      Slice unit = sample.take(sample.number(lengthBytes));
      int type = family.type(unit.peek());
      if (family.isSei(type) || family.isDelimiter(type) || family.isEnd(type)) {
        aside += unit.remaining();
      }
      Slice again = unit.copy();
      unit(unit, path, findings);
      if (family.isParameters(type)) {
        repeated(again, path, findings);
      }
    }
    pictures.end(path, start, findings);
    if (aside > MAX_ASIDE_BYTES) {
      findings.add(
          Kind.USER_DATA, "more messages and delimiters than a picture needs", path, start);
    }
  }

  private void repeated(Slice unit, String path, Findings findings) {
    int most = family.maxParameterBytes;
    if (unit.remaining() <= most && parameters.admits(unit.copy().bytes(most))) {
      pictures.parameters(unit, path, findings);
      return;
    }
    findings.add(
        Kind.USER_DATA,
        "parameters between the pictures that the header does not have",
        path,
        unit.at());
  }

  /** Looks into one unit of the header, without its length; pictures may repeat it. */
  void header(Slice unit, String path, Findings findings) {
    Slice again = unit.copy();
    int type = family.type(unit.peek());
    if (!family.isParameters(type) && !family.isSei(type)) {
      findings.add(
          Kind.USER_DATA, "a unit of type " + type + " among the parameters", path, unit.at());
      return;
    }
    unit(unit, path, findings);
    headerBytes += again.remaining();
    if (again.remaining() > family.maxParameterBytes || headerBytes > MAX_HEADER_BYTES) {
      findings.add(Kind.USER_DATA, "very long parameters of the pictures", path, again.at());
    } else if (family.isParameters(type)) {
      pictures.parameters(again, path, findings);
      parameters.add(again.bytes(family.maxParameterBytes));
    }
  }

  /** Looks into one unit, without its length. */
  private void unit(Slice unit, String path, Findings findings) {
    long start = unit.at();
    Slice whole = unit.copy();
    int header = unit.u8();
    int type = family.type(header);
    if (family == Family.HEVC) {
      int layer = (header & 1) << 5 | unit.u8() >> 3;
      if (layer > 0) {
        findings.add(Kind.STREAM, "a second layer inside the pictures", path, start);
        return;
      }
    }
    if (family.isSei(type)) {
      messages.check(unit, path, findings);
    } else if (family.isFiller(type)) {
      if (!isFiller(unit)) {
        findings.add(Kind.HIDDEN, "filler with content inside the pictures", path, start);
      }
    } else if (family.isSlice(type)) {
      pictures.slice(whole, path, findings);
    } else if (family.isDelimiter(type) || family.isEnd(type)) {
      if (family.isEnd(type)) {
        pictures.restart();
      }
      // A delimiter says in one byte which kinds of slices follow. Zeros may follow any unit.
      unit.skip(Math.min(family.isDelimiter(type) ? 1 : 0, unit.remaining()));
      if (!unit.isAll(0)) {
        findings.add(Kind.HIDDEN, "a delimiter with content inside the pictures", path, start);
      }
    } else if (!family.isParameters(type)) {
      findings.add(Kind.USER_DATA, "a unit of type " + type + " inside the pictures", path, start);
    }
  }

  /** Whether all bits are set up to the one that ends the unit. */
  private static boolean isFiller(Slice rest) {
    while (rest.hasRemaining()) {
      int next = rest.u8();
      if (next != 0xff) {
        return (next == 0x80 || next == 0) && rest.isAll(0);
      }
    }
    return true;
  }
}
