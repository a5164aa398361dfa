package io.efface.detect;

import io.efface.geometry.Orientation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Follows faces that lie, or are upside down, in footage that is upright. The detector does not see
 * them there. But where one is, a patch that is turned shows the refiner whether it still is, and
 * where by now: so a face that was found in a turned picture is followed from look to look, and so
 * one is looked for where a face was upright at the look before and is no more, as somebody may
 * have fallen.
 */
final class LyingFaces {
  /** A face is taken up from this score on, and given up below it. */
  private static final double LEAST_SCORE = 0.6;

  /**
   * What a face has to score once, up close, to be believed. Of hands and patterns that are taken
   * up, few ever do; of faces, most soon do.
   */
  private static final double SURE_SCORE = 0.95;

  /** From this score on a face that is upright is looked for where it was, once it is gone. */
  private static final double UPRIGHT_SCORE = 0.7;

  /** What overlaps so much is taken for one face. */
  private static final double NEAR_IOU = 0.2;

  private static final Comparator<Lying> BEST_FIRST =
      Comparator.comparing(Lying::sure).thenComparing(one -> one.face().score()).reversed();

  private final Refiner refiner;
  private List<Lying> lying = new ArrayList<>();
  private List<Detection> before = List.of();

  /**
   * A face.
   *
   * @param face as last seen
   * @param view how the picture has to be turned for the face to be upright
   * @param sure whether it is believed
   */
  private record Lying(Detection face, Orientation view, boolean sure) {}

  /**
   * Follows none yet.
   *
   * @param refiner borrowed
   */
  LyingFaces(Refiner refiner) {
    this.refiner = refiner;
  }

  /** Forgets all, as a new shot begins. */
  void newShot() {
    lying = new ArrayList<>();
    before = List.of();
  }

  /**
   * Sees the next frame that is looked at.
   *
   * @param upright what was found in it as it is
   * @param leastPx longer side of the smallest face that counts, in pixels of the upright picture
   * @param seen the detector that looked at it last
   */
  void follow(List<Detection> upright, double leastPx, OnnxDetector seen) {
    List<Lying> asked = new ArrayList<>(lying);
    for (Detection face : before) {
      if (isGone(face, upright)) {
        Turns.ALL.forEach(view -> asked.add(new Lying(face, view, /* sure= */ false)));
      }
    }
    lying = new ArrayList<>();
    looked(asked, seen).stream().sorted(BEST_FIRST).forEach(this::take);
    before =
        upright.stream()
            .filter(d -> d.label() == Label.FACE && d.score() >= UPRIGHT_SCORE)
            .filter(d -> d.box().longerSide() >= leastPx)
            .toList();
  }

  /**
   * Takes up what a turned picture shows.
   *
   * @param turned the faces found in it
   * @param view how it was turned
   * @param upright what was found in it as it is
   * @param leastPx longer side of the smallest face that counts, in pixels of the upright picture
   */
  void add(List<Detection> turned, Orientation view, List<Detection> upright, double leastPx) {
    for (Detection face : turned) {
      if (face.box().longerSide() >= leastPx && !isKnown(face, upright)) {
        take(new Lying(face, view, /* sure= */ false));
      }
    }
  }

  /**
   * The faces that surely lie in the frame seen last.
   *
   * @param upright what was found in it as it is; faces that are there are left out
   */
  List<Detection> found(List<Detection> upright) {
    return lying.stream()
        .filter(Lying::sure)
        .map(Lying::face)
        .filter(face -> !isKnown(face, upright))
        .map(face -> new Detection(face.label(), face.box(), Turns.TRUST * face.score()))
        .toList();
  }

  private void take(Lying one) {
    Detection face = one.face();
    if (face.score() >= LEAST_SCORE && !isFollowed(face)) {
      lying.add(one);
    }
  }

  /** Whether it is seen as it is, at least for now. */
  private static boolean isKnown(Detection face, List<Detection> upright) {
    return upright.stream().anyMatch(d -> isNear(d, face) && d.score() >= Turns.SURE_SCORE);
  }

  private boolean isGone(Detection face, List<Detection> upright) {
    return upright.stream().noneMatch(d -> isNear(d, face)) && !isFollowed(face);
  }

  private boolean isFollowed(Detection face) {
    return lying.stream().anyMatch(one -> isNear(one.face(), face));
  }

  private List<Lying> looked(List<Lying> asked, OnnxDetector seen) {
    List<Lying> looked = new ArrayList<>(asked.size());
    for (Orientation view : Turns.ALL) {
      List<Lying> some = asked.stream().filter(one -> one.view() == view).toList();
      List<Detection> faces = some.stream().map(Lying::face).toList();
      List<Detection> refined = refiner.refine(faces, seen.picture(view));
      for (int k = 0; k < refined.size(); k++) {
        Detection face = refined.get(k);
        boolean sure = some.get(k).sure() || face.score() >= SURE_SCORE;
        looked.add(new Lying(face, view, sure));
      }
    }
    return looked;
  }

  private static boolean isNear(Detection one, Detection other) {
    return one.box().iou(other.box()) >= NEAR_IOU;
  }
}
