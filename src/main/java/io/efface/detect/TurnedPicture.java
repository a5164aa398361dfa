package io.efface.detect;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A picture that is looked at turned or mirrored. Its input's coordinates are those of the other's
 * input turned about the origin, so they may be negative.
 *
 * @param picture as it is
 * @param turn how it is seen instead
 */
record TurnedPicture(Refiner.Picture picture, Orientation turn) implements Refiner.Picture {
  @Override
  public Box toInput(Box upright) {
    return turn.toUpright(picture.toInput(upright), 0, 0);
  }

  @Override
  public Box toPicture(Box inInput) {
    return picture.toPicture(turn.toStored(inInput, 0, 0));
  }

  @Override
  public void cut(Refiner.Square square, int side, ByteBuffer into) {
    Box turned = Box.ofSize(square.left(), square.top(), square.length(), square.length());
    Box there = turn.toStored(turned, 0, 0);
    picture.cut(
        new Refiner.Square((int) there.left(), (int) there.top(), square.length()), side, into);
    FloatBuffer pixels = into.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] stored = new float[side * side];
    float[] shown = new float[side * side];
    for (int plane = 0; plane < 3; plane++) {
      pixels.get(plane * side * side, stored);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int column = turn.mirroredX() ? side - 1 - x : x;
          int row = turn.mirroredY() ? side - 1 - y : y;
          shown[y * side + x] =
              turn.transposed() ? stored[column * side + row] : stored[row * side + column];
        }
      }
      pixels.put(plane * side * side, shown);
    }
  }
}
