package io.efface.eval;

import java.util.Locale;

/** What makes a face hard to see, as WIDER FACE grades it: 0 none, higher is more. */
public enum Grade {
  OCCLUSION,
  POSE,
  BLUR;

  /** The name of the column: {@code occlusion}, {@code pose}, {@code blur}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
