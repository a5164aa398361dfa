package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The refiner on real pictures with ground truth. */
class RefinerIT {
  private static final int IMAGES = 25;
  private static final double SCORE = 0.5;

  private final List<Box> truth = new ArrayList<>();
  private final List<Box> displaced = new ArrayList<>();
  private final List<Detection> faces = new ArrayList<>();
  private final List<Detection> besides = new ArrayList<>();
  private final List<Detection> facesTwice = new ArrayList<>();
  private final List<Detection> besidesTwice = new ArrayList<>();

  @Test
  void facesArePutInPlaceAndTheirSurroundingsDoubted() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    DetectorOptions options = new DetectorOptions(1280, 0.3, EnumSet.of(Label.FACE), 2);
    try (OnnxDetector detector = OnnxDetector.open(ModelSource.of(ModelSource.DEFAULT), options);
        Refiner refiner = Refiner.open(2, Device.CPU)) {
      for (String image : DetectIT.images(set, IMAGES)) {
        VideoFrame frame = Stills.read(set.resolve(image));
        boolean mirrored = truth.size() % 2 == 1;
        detector.detect(frame, mirrored ? Orientation.FLIPPED_HORIZONTALLY : Orientation.UPRIGHT);
        look(refiner, detector.picture(), DetectIT.truth(set, image, 24));
      }
    }
    assertThat(faces).hasSizeGreaterThan(40);
    assertThat(meanIou(faces.stream().map(Detection::box).toList()))
        .isGreaterThan(meanIou(displaced) + 0.05);
    assertThat(meanScore(faces)).isGreaterThan(meanScore(besides) + 0.25);
    assertThat(meanIou(facesTwice.stream().map(Detection::box).toList()))
        .isGreaterThan(meanIou(faces.stream().map(Detection::box).toList()));
    assertThat(meanScore(facesTwice)).isGreaterThan(meanScore(besidesTwice) + 0.25);
  }

  private void look(Refiner refiner, Refiner.Picture picture, List<Box> there) {
    List<Detection> near = new ArrayList<>();
    List<Detection> beside = new ArrayList<>();
    for (Box face : there) {
      double shift = 0.15 * face.width();
      Box moved =
          new Box(face.left() + shift, face.top() + shift, face.right() + shift, face.bottom());
      near.add(new Detection(Label.FACE, moved, SCORE));
      displaced.add(moved);
      double far = 3 * face.height();
      Box below = new Box(face.left(), face.top() + far, face.right(), face.bottom() + far);
      if (there.stream().noneMatch(other -> other.iou(below) > 0)) {
        beside.add(new Detection(Label.FACE, below, SCORE));
      }
    }
    truth.addAll(there);
    faces.addAll(refiner.refine(near, picture));
    besides.addAll(refiner.refine(beside, picture));
    facesTwice.addAll(refiner.refineTwice(near, picture));
    besidesTwice.addAll(refiner.refineTwice(beside, picture));
  }

  private double meanIou(List<Box> boxes) {
    double sum = 0;
    for (int k = 0; k < boxes.size(); k++) {
      sum += boxes.get(k).iou(truth.get(k));
    }
    return sum / boxes.size();
  }

  private static double meanScore(List<Detection> detections) {
    return detections.stream().mapToDouble(Detection::score).average().orElseThrow();
  }
}
