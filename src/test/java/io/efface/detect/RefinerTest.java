package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.Natives;
import io.efface.media.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

class RefinerTest {
  private static final int SIDE = 16;

  static {
    Natives.loadOpenCv();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 33, 70})
  void eachCandidateGetsAnAnswerInItsPlace(int count) {
    List<Detection> candidates = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      Label label = k % 3 == 0 ? Label.PLATE : Label.FACE;
      candidates.add(new Detection(label, Box.ofSize(40 * k, 10, 30, 36), 0.5));
    }
    try (Refiner refiner = Refiner.open(1, Device.CPU)) {
      List<Detection> refined = refiner.refine(candidates, new Grey());
      assertThat(refined).hasSize(count);
      for (int k = 0; k < count; k++) {
        Box box = refined.get(k).box();
        assertThat(refined.get(k).label()).isEqualTo(candidates.get(k).label());
        assertThat((box.left() + box.right()) / 2).isCloseTo(40 * k + 15.0, within(36.0));
      }
    }
  }

  @Test
  void greyIsNoFace() {
    try (Refiner refiner = Refiner.open(1, Device.CPU)) {
      Detection face = new Detection(Label.FACE, Box.ofSize(100, 100, 40, 50), 0.9);
      assertThat(refiner.refine(List.of(face), new Grey()).get(0).score()).isLessThan(0.5);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void anAnswerThatTellsNoPlaceIsRefused(float odd) {
    Refiner.Square square = new Refiner.Square(0, 0, SIDE);
    assertThat(Refiner.place(square, FloatBuffer.allocate(4), 0)).isEqualTo(new Box(4, 4, 12, 12));
    for (int k = 0; k < 4; k++) {
      FloatBuffer places = FloatBuffer.allocate(8).put(4 + k, odd);
      assertThatThrownBy(() -> Refiner.place(square, places, 4))
          .isInstanceOf(DetectionException.class)
          .hasMessageContaining("not finite");
    }
  }

  /** The cut shows the square's own part, in blue, green and red of 0 to 255, for each family. */
  @ParameterizedTest
  @EnumSource(ModelFamily.class)
  void aCutShowsThePictureAsItIs(ModelFamily family) {
    try (DetectorInput input = filled(family, Orientation.UPRIGHT)) {
      float[] blue = cut(input, new Refiner.Square(/* left= */ 32, /* top= */ 8, /* length= */ 16));
      // The right half of the square is the coloured one.
      assertThat(at(blue, 0, 2, 8)).isCloseTo(10, within(3f));
      assertThat(at(blue, 0, 13, 8)).isCloseTo(200, within(3f));
      assertThat(at(blue, 1, 13, 8)).isCloseTo(100, within(3f));
      assertThat(at(blue, 2, 13, 8)).isCloseTo(50, within(3f));
    }
  }

  @Test
  void beyondThePicturesEdgeTheEdgeIsRepeated() {
    try (DetectorInput input = filled(ModelFamily.EFFACE, Orientation.UPRIGHT)) {
      float[] patch =
          cut(input, new Refiner.Square(/* left= */ 70, /* top= */ -40, /* length= */ 64));
      assertThat(at(patch, 0, 1, 1)).isCloseTo(200, within(3f));
      assertThat(at(patch, 0, 15, 15)).isCloseTo(200, within(3f));
      float[] nowhere =
          cut(input, new Refiner.Square(/* left= */ -900, /* top= */ 500, /* length= */ 64));
      assertThat(at(nowhere, 0, 8, 8)).isCloseTo(10, within(3f));
    }
  }

  @Test
  void aMirroredLookIsCutMirrored() {
    try (DetectorInput input = filled(ModelFamily.EFFACE, Orientation.FLIPPED_HORIZONTALLY)) {
      float[] patch = cut(input, new Refiner.Square(/* left= */ 0, /* top= */ 0, /* length= */ 32));
      assertThat(at(patch, 0, 8, 8)).isCloseTo(200, within(3f));
    }
  }

  /**
   * An input of 80x48 filled with a dark picture whose right half is blue 200, green 100, red 50.
   */
  private static DetectorInput filled(ModelFamily family, Orientation turn) {
    Mat picture = new Mat(48, 80, CvType.CV_8UC3, new Scalar(10, 10, 10));
    Mat right = picture.submat(new Rect(40, 0, 40, 48));
    right.setTo(new Scalar(200, 100, 50));
    VideoFrame frame = Stills.frame(picture);
    Letterbox box = Letterbox.fit(80, 48, frame.sampleAspect(), 80, 1);
    DetectorInput input = new DetectorInput(family);
    ByteBuffer tensor =
        ByteBuffer.allocateDirect(3 * box.inputWidth() * box.inputHeight() * Float.BYTES);
    input.bind(box, /* transposed= */ false, tensor.order(ByteOrder.nativeOrder()));
    input.fill(frame, turn);
    return input;
  }

  private static float[] cut(DetectorInput input, Refiner.Square square) {
    ByteBuffer into =
        ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES).order(ByteOrder.nativeOrder());
    input.cut(square, SIDE, into);
    float[] values = new float[3 * SIDE * SIDE];
    into.asFloatBuffer().get(values);
    return values;
  }

  private static float at(float[] patch, int channel, int x, int y) {
    return patch[(channel * SIDE + y) * SIDE + x];
  }

  /** A grey picture without end. */
  private static final class Grey implements Refiner.Picture {
    @Override
    public Box toInput(Box upright) {
      return upright;
    }

    @Override
    public Box toPicture(Box inInput) {
      return inInput;
    }

    @Override
    public void cut(Refiner.Square square, int side, ByteBuffer into) {
      ByteBuffer floats = into.order(ByteOrder.nativeOrder());
      for (int i = 0; i < 3 * side * side; i++) {
        floats.putFloat(i * Float.BYTES, 110);
      }
    }
  }
}
