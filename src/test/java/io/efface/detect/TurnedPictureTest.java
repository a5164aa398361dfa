package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnedPictureTest {
  private static final int SIDE = 4;

  /** An endless picture whose pixels say where they are, twice as large as its input. */
  private static final class Endless implements Refiner.Picture {
    @Override
    public Box toInput(Box upright) {
      return new Box(
          upright.left() / 2, upright.top() / 2, upright.right() / 2, upright.bottom() / 2);
    }

    @Override
    public Box toPicture(Box inInput) {
      return new Box(
          inInput.left() * 2, inInput.top() * 2, inInput.right() * 2, inInput.bottom() * 2);
    }

    @Override
    public void cut(Refiner.Square square, int side, ByteBuffer into) {
      FloatBuffer pixels = into.order(ByteOrder.nativeOrder()).asFloatBuffer();
      for (int plane = 0; plane < 3; plane++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            pixels.put(value(plane, square.left() + x, square.top() + y));
          }
        }
      }
    }

    static float value(int plane, int x, int y) {
      return plane * 10_000 + x * 100 + y;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPatchShowsWhatATurnedPictureHasThere(Orientation turn) {
    TurnedPicture picture = new TurnedPicture(new Endless(), turn);
    ByteBuffer patch = ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES);
    picture.cut(new Refiner.Square(-7, 11, SIDE), SIDE, patch);
    FloatBuffer pixels = patch.order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int plane = 0; plane < 3; plane++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          Box there = turn.toStored(Box.ofSize(-7 + x, 11 + y, 1, 1), 0, 0);
          assertThat(pixels.get())
              .isEqualTo(Endless.value(plane, (int) there.left(), (int) there.top()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void boxesGoThereAndBack(Orientation turn) {
    TurnedPicture picture = new TurnedPicture(new Endless(), turn);
    Box box = new Box(10, 20, 40, 60);
    Box inInput = picture.toInput(box);
    assertThat(inInput.width()).isEqualTo(turn.transposed() ? 20 : 15);
    assertThat(picture.toPicture(inInput)).isEqualTo(box);
  }
}
