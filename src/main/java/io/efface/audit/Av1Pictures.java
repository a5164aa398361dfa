package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.Optional;

/**
 * Follows the pictures of AV1 (AV1 Bitstream Specification, 5.9.2 and 7.20) through the samples.
 * One that is not shown and is made of others is let pass, as encoders need such; one that stands
 * for itself is to be shown later. Single-threaded.
 */
final class Av1Pictures {
  private static final int KEY = 0;
  private static final int INTRA_ONLY = 2;
  private static final int SWITCH = 3;
  private static final int ALL = 0xff;
  private static final int SELECT = 2;

  /** As much as the beginning of a picture's header takes. */
  private static final int MAX_HEAD_BYTES = 64;

  private Optional<Av1Sequence> sequence = Optional.empty();

  /** The places, one a bit, that hold a picture of its own that was not shown yet. */
  private int waiting;

  /** A header of the film, which holds from here on. */
  void sequence(Av1Sequence header) {
    sequence = Optional.of(header);
  }

  /**
   * Reads the beginning of a picture's header; gives whether a picture is shown by it.
   *
   * @throws Malformed if it contradicts itself or refers to a header that is not there
   */
  boolean isShown(Slice body, String path, Findings findings) {
    CodeBits in = CodeBits.of(body, MAX_HEAD_BYTES);
    if (sequence.map(Av1Sequence::still).orElse(false)) {
      return true;
    }
    if (in.flag()) {
      int place = 1 << in.bits(3);
      waiting = (waiting & place) != 0 ? 0 : waiting;
      return true;
    }
    int type = (int) in.bits(2);
    boolean shown = in.flag();
    int places = type == KEY && shown ? ALL : places(in, type, shown, body.at());
    boolean waited = waiting != 0;
    waiting &= ~places;
    boolean own = !shown && (type == KEY || type == INTRA_ONLY);
    if ((waited && (waiting == 0 || own)) || (own && places == 0)) {
      notShown(path, body.at(), findings);
    }
    waiting = own ? places : waiting;
    return shown;
  }

  /** Where a picture is kept to be referred to. */
  private int places(CodeBits in, int type, boolean shown, long at) {
    Av1Sequence of = sequence.orElseThrow(() -> new Malformed(at));
    if (of.layers()) {
      return 0;
    }
    in.skip(shown ? of.timeBits() : 1);
    boolean resilient = type == SWITCH || in.flag();
    in.skip(1);
    boolean screen = of.screen() == SELECT ? in.flag() : of.screen() == 1;
    if (screen && of.wholeSteps() == SELECT) {
      in.skip(1);
    }
    in.skip(of.numberBits());
    in.skip(type == SWITCH ? 0 : 1);
    in.skip(of.orderBits());
    in.skip(type == KEY || type == INTRA_ONLY || resilient ? 0 : 3);
    if (of.timed() && in.flag()) {
      in.skip(of.removalBits());
    }
    return type == SWITCH ? ALL : (int) in.bits(8);
  }

  /** The film ends. */
  void finish(String path, Findings findings) {
    if (waiting != 0) {
      notShown(path, 0, findings);
    }
  }

  private static void notShown(String path, long at, Findings findings) {
    findings.add(Kind.HIDDEN, "a picture of its own that is not shown", path, at);
  }
}
