package io.efface.pipeline;

import io.efface.detect.Looks;
import io.efface.detect.Mirror;
import io.efface.detect.ModelFamily;
import io.efface.detect.ModelSpec;
import io.efface.detect.OperatingPoint;
import io.efface.detect.Scale;
import io.efface.track.TrackerSettings;
import java.util.List;

/**
 * How hard is looked for objects: a name for many settings. The more is found, the longer it takes
 * and the more is covered that is no object. Options given by name win over it. Looks are that
 * frequent where something was found of late, else fewer (see {@link LookSchedule}); looks from
 * further away, at several sizes and by two networks are those of the project's own networks.
 */
public enum RecallPreset {
  /**
   * 640 px and a look from further away ten times a second, half of them mirrored; the model's own
   * scores.
   */
  FAST(640, 1, false, false, 0.1, Mirror.IN_TURN, 1, 0.5, RenderOptions.DEFAULT_MARGIN),

  /**
   * 1280 px and a look from further away five times a second, and as often at 960 px in between,
   * half of them mirrored; the model's own scores.
   */
  BALANCED(
      DetectionOptions.DEFAULT_DETECT_SIZE,
      1,
      false,
      true,
      0.1,
      Mirror.IN_TURN,
      1,
      0.5,
      RenderOptions.DEFAULT_MARGIN),

  /**
   * 1280 px and a look from further away at each frame, as it is and mirrored; scores a tenth
   * lower, ends extended by 0.75 s, margins of 0.4.
   */
  THOROUGH(1280, 1, false, false, 0, Mirror.ALWAYS, 0.9, 0.75, 0.4),

  /**
   * 1920 px at each frame, small pictures enlarged up to one and a half times, at that size, at two
   * thirds of it and from further away, each as it is and mirrored, and all of it by two networks;
   * scores a third lower, ends extended by 1 s, margins of 0.5.
   */
  PARANOID(1920, 1.5, true, false, 0, Mirror.ALWAYS, 0.67, 1, 0.5);

  /** How much longer an object at the picture's edge is followed than one in its middle. */
  private static final double EDGE_TIMES = 3;

  private static final List<Double> ONE_SIZE = List.of(1.0);
  private static final List<Double> TWO_SIZES = List.of(1.0, 2.0 / 3);

  private final int detectSize;
  private final double maxUpscale;
  private final boolean twoSizes;
  private final boolean glances;
  private final double lookSeconds;
  private final Mirror mirror;
  private final double scoreShare;
  private final double extendSeconds;
  private final double margin;

  RecallPreset(
      int detectSize,
      double maxUpscale,
      boolean twoSizes,
      boolean glances,
      double lookSeconds,
      Mirror mirror,
      double scoreShare,
      double extendSeconds,
      double margin) {
    this.detectSize = detectSize;
    this.maxUpscale = maxUpscale;
    this.twoSizes = twoSizes;
    this.glances = glances;
    this.lookSeconds = lookSeconds;
    this.mirror = mirror;
    this.scoreShare = scoreShare;
    this.extendSeconds = extendSeconds;
    this.margin = margin;
  }

  /** Longest side of the detector's input in pixels, where none is asked for. */
  public int detectSize() {
    return detectSize;
  }

  /** Margin of regions in shares of the object's side, where none is asked for. */
  public double margin() {
    return margin;
  }

  /** How much a picture smaller than the detector's input is enlarged, from 1. */
  double maxUpscale() {
    return maxUpscale;
  }

  /** Seconds from one look to the next; 0 where each frame gets one. */
  double lookSeconds() {
    return lookSeconds;
  }

  /** How a network looks at frames. */
  Looks looks(ModelSpec model) {
    if (model.fixedSize().isPresent()) {
      return new Looks(List.of(Scale.WHOLE), mirror);
    }
    boolean own = model.family() == ModelFamily.EFFACE;
    return new Looks(
        Scale.looks(twoSizes ? TWO_SIZES : ONE_SIZE, /* farther= */ own),
        own && glances ? Scale.glances() : List.of(),
        mirror,
        own && this != FAST);
  }

  /** Whether a network of the project's own looks together with its companion. */
  boolean twoNetworks() {
    return this == PARANOID;
  }

  /** How a class is tracked whose model works with the given scores. */
  TrackerSettings tracking(OperatingPoint scores) {
    return TrackerSettings.of(scores.times(scoreShare))
        .withExtension(extendSeconds, EDGE_TIMES * extendSeconds);
  }
}
