package io.efface.eval;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import java.util.Map;

/**
 * An object that a person has marked in a still.
 *
 * @param label what it is
 * @param box where, in pixels of the picture as seen
 * @param height rows as the list states them, so that rounding cannot move a box from one range of
 *     heights to another
 * @param ignored whether it counts neither when found nor when missed
 * @param grades how hard it is to see, where the list tells
 */
public record TruthBox(
    Label label, Box box, double height, boolean ignored, Map<Grade, Integer> grades) {

  /** Copies the grades. */
  public TruthBox {
    grades = Map.copyOf(grades);
  }
}
