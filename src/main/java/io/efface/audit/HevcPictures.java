package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.HashMap;
import java.util.Map;

/** The pictures of HEVC (ISO/IEC 23008-2, 7.3.2 and 7.3.6). */
final class HevcPictures implements CodedPictures {
  private static final int SEQUENCE = 33;
  private static final int PICTURE = 34;
  private static final int FIRST_LEADING = 6;
  private static final int FIRST_SKIPPED = 8;
  private static final int LAST_LEADING = 9;
  private static final int FIRST_ANCHOR = 16;
  private static final int LAST_ANCHOR = 23;
  private static final int BROKEN_LINK_ALONE = 18;
  private static final int IDR_ALONE = 20;
  private static final int CLEAN = 21;

  /** As much as sets and the beginnings of slices take. */
  private static final int MAX_SET_BYTES = 1024;

  private static final int MAX_HEAD_BYTES = 64;

  private final Map<Integer, HevcSequence> sequences = new HashMap<>();
  private final Map<Integer, PictureSet> pictures = new HashMap<>();

  /** The last picture that needs no other, or -1 where a sequence begins. */
  private int anchor = -1;

  /** Whether a sequence begins with it, so that what refers to pictures before it is not shown. */
  private boolean anchorBegins;

  private int slices;
  private int kind;
  private long address;
  private boolean several;

  /** What slices need of a picture parameter set. */
  private record PictureSet(int sequence, boolean dependent, boolean outputFlag, int extraBits) {}

  @Override
  public void parameters(Slice unit, String path, Findings findings) {
    int type = unit.peek() >> 1 & 0x3f;
    if (type == SEQUENCE) {
      HevcSequence set = HevcSequence.parse(unit, MAX_SET_BYTES);
      sequences.put(set.id(), set);
      if (set.hides()) {
        findings.add(Kind.HIDDEN, "parameters that crop the pictures", path, unit.at());
      }
    } else if (type == PICTURE) {
      CodeBits in = CodeBits.ofUnit(unit, MAX_SET_BYTES);
      in.skip(16);
      int id = in.unsigned(63);
      int sequence = in.unsigned(15);
      boolean dependent = in.flag();
      boolean outputFlag = in.flag();
      pictures.put(id, new PictureSet(sequence, dependent, outputFlag, (int) in.bits(3)));
    }
  }

  @Override
  public void begin() {
    slices = 0;
    several = false;
  }

  @Override
  public void slice(Slice unit, String path, Findings findings) {
    CodeBits in = CodeBits.ofUnit(unit, MAX_HEAD_BYTES);
    int type = (int) in.bits(16) >> 9 & 0x3f;
    boolean first = in.flag();
    if (first != (slices == 0)) {
      several = true;
    }
    boolean discards = isAnchor(type) && in.flag();
    PictureSet picture = pictures.get(in.unsigned(63));
    HevcSequence sequence = picture == null ? null : sequences.get(picture.sequence());
    if (picture == null || sequence == null) {
      throw new Malformed(unit.at());
    }
    boolean dependent = !first && picture.dependent() && in.flag();
    long from = first ? 0 : in.bits(sequence.addressBits());
    if (slices == 0) {
      kind = type;
      begins(type, discards, path, unit.at(), findings);
    } else if (type != kind || from <= address) {
      several = true;
    }
    address = from;
    slices++;
    if (!dependent && picture.outputFlag()) {
      in.skip(picture.extraBits());
      in.unsigned();
      if (!in.flag()) {
        notShown(path, unit.at(), findings);
      }
    }
  }

  private static boolean isAnchor(int type) {
    return type >= FIRST_ANCHOR && type <= LAST_ANCHOR;
  }

  /** Judges by its kind whether a picture is shown (8.1.3 and C.5.2.2). */
  private void begins(int type, boolean discards, String path, long at, Findings findings) {
    if (isAnchor(type)) {
      if (discards && anchor >= 0) {
        findings.add(Kind.HIDDEN, "pictures that are discarded unseen", path, at);
      }
      anchorBegins = anchor < 0 || type != CLEAN;
      anchor = type;
      return;
    }
    boolean leading = type >= FIRST_LEADING && type <= LAST_LEADING;
    boolean orphan = leading && (anchor == IDR_ALONE || anchor == BROKEN_LINK_ALONE);
    boolean skipped = leading && type >= FIRST_SKIPPED && anchorBegins;
    if (anchor < 0 || orphan || skipped) {
      notShown(path, at, findings);
    }
  }

  private static void notShown(String path, long at, Findings findings) {
    findings.add(Kind.HIDDEN, "a picture that is not shown", path, at);
  }

  @Override
  public void restart() {
    anchor = -1;
  }

  @Override
  public void end(String path, long start, Findings findings) {
    if (several) {
      findings.add(Kind.HIDDEN, "more than one picture in a sample", path, start);
    }
  }
}
