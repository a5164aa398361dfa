package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pictures of H.264 (ISO/IEC 14496-10, 7.3.2 and 7.3.3). */
final class AvcPictures implements CodedPictures {
  private static final int SEQUENCE = 7;
  private static final int PICTURE = 8;
  private static final int IDR = 5;

  /** As much as sets and the beginnings of slices take. */
  private static final int MAX_SET_BYTES = 256;

  private static final int MAX_HEAD_BYTES = 64;

  private final Map<Integer, AvcSequence> sequences = new HashMap<>();
  private final Map<Integer, PictureSet> pictures = new HashMap<>();
  private Optional<Head> last = Optional.empty();
  private int fields;
  private boolean several;

  /** What slices need of a picture parameter set. */
  private record PictureSet(int sequence, boolean orderOfFields) {}

  /**
   * The beginning of a slice.
   *
   * @param firstBlock where in the picture it begins
   * @param picture what is the same in all slices of a picture
   */
  private record Head(long firstBlock, Picture picture) {}

  /** What tells one picture from another (7.4.1.2.4); of IDRs only, {@code idrNumber} is told. */
  private record Picture(
      boolean idr,
      boolean referredTo,
      long frameNumber,
      boolean field,
      boolean bottom,
      long idrNumber,
      long order,
      long orderOfBottom) {

    /** Whether another is the second field of the same picture. */
    boolean isPairOf(Picture second) {
      return field
          && second.field
          && bottom != second.bottom
          && frameNumber == second.frameNumber
          && !second.idr;
    }
  }

  @Override
  public void parameters(Slice unit, String path, Findings findings) {
    int type = unit.peek() & 0x1f;
    if (type == SEQUENCE) {
      AvcSequence set = AvcSequence.parse(unit, MAX_SET_BYTES);
      sequences.put(set.id(), set);
      if (set.hides()) {
        findings.add(Kind.HIDDEN, "parameters that crop the pictures", path, unit.at());
      }
    } else if (type == PICTURE) {
      picture(CodeBits.ofUnit(unit, MAX_SET_BYTES), unit.at(), path, findings);
    }
  }

  private void picture(CodeBits in, long start, String path, Findings findings) {
    in.skip(8);
    int id = in.unsigned(255);
    int sequence = in.unsigned(31);
    in.skip(1);
    boolean orderOfFields = in.flag();
    if (in.unsigned() != 0) {
      // libav does not decode them.
      findings.add(Kind.UNKNOWN, "pictures in groups of slices", path, start);
      return;
    }
    in.unsigned(31);
    in.unsigned(31);
    in.skip(3);
    in.signed();
    in.signed();
    in.signed();
    in.skip(2);
    if (in.flag()) {
      findings.add(Kind.HIDDEN, "parameters by which pictures may come twice", path, start);
    }
    pictures.put(id, new PictureSet(sequence, orderOfFields));
  }

  @Override
  public void begin() {
    last = Optional.empty();
    fields = 0;
    several = false;
  }

  @Override
  public void slice(Slice unit, String path, Findings findings) {
    Head head = head(unit);
    boolean follows =
        last.isPresent()
            && last.get().picture().equals(head.picture())
            && head.firstBlock() > last.get().firstBlock();
    if (!follows) {
      boolean begins = last.isEmpty() || (fields == 1 && isPair(last.get(), head));
      several |= !begins || head.firstBlock() != 0;
      fields++;
    }
    last = Optional.of(head);
  }

  private static boolean isPair(Head first, Head second) {
    return first.picture().isPairOf(second.picture());
  }

  private Head head(Slice unit) {
    CodeBits in = CodeBits.ofUnit(unit, MAX_HEAD_BYTES);
    int header = (int) in.bits(8);
    boolean idr = (header & 0x1f) == IDR;
    long firstBlock = in.unsigned();
    in.unsigned();
    PictureSet picture = pictures.get(in.unsigned(255));
    AvcSequence sequence = picture == null ? null : sequences.get(picture.sequence());
    if (picture == null || sequence == null) {
      throw new Malformed(unit.at());
    }
    long frameNumber = in.bits(sequence.frameNumBits());
    boolean field = !sequence.framesOnly() && in.flag();
    boolean bottom = field && in.flag();
    long idrNumber = idr ? in.unsigned() : -1;
    long order = 0;
    long orderOfBottom = 0;
    boolean both = picture.orderOfFields() && !field;
    if (sequence.orderType() == 0) {
      order = in.bits(sequence.orderBits());
      orderOfBottom = both ? in.signed() : 0;
    } else if (sequence.orderDeltas()) {
      order = in.signed();
      orderOfBottom = both ? in.signed() : 0;
    }
    boolean referredTo = (header & 0x60) != 0;
    return new Head(
        firstBlock,
        new Picture(idr, referredTo, frameNumber, field, bottom, idrNumber, order, orderOfBottom));
  }

  @Override
  public void restart() {}

  @Override
  public void end(String path, long start, Findings findings) {
    if (several) {
      findings.add(Kind.HIDDEN, "more than one picture in a sample", path, start);
    }
  }
}
