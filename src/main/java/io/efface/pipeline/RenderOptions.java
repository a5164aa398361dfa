package io.efface.pipeline;

import io.efface.detect.Label;
import io.efface.media.EncoderSettings;
import io.efface.redact.Cover;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How regions are destroyed and the output is written.
 *
 * @param styles what takes the place of each kind of object; every label has one
 * @param margin growth of a region on each side as a share of the object's side, 0 to 2; the
 *     codec's reach is added
 * @param cover how much is destroyed with a face
 * @param encoder codec, quality and effort
 * @param audio what becomes of sound
 * @param onCorrupt what becomes of frames that could not be decoded cleanly
 * @param allowTruncated whether a file that ends in the middle is rendered as far as it goes
 * @param smart whether pictures that need not change are copied where that can be done
 * @param audit how the finished output is checked
 */
public record RenderOptions(
    Map<Label, Style> styles,
    double margin,
    Cover cover,
    EncoderSettings encoder,
    Audio audio,
    OnCorrupt onCorrupt,
    boolean allowTruncated,
    Smart smart,
    AuditOptions audit) {

  /** The margin where none is asked for. */
  public static final double DEFAULT_MARGIN = RegionPlanner.DEFAULT_MARGIN;

  /** What becomes of sound. */
  public enum Audio {
    /** Kept: copied where the container allows, else encoded again. */
    KEEP,
    /** Left out. */
    DROP
  }

  /** What becomes of a frame that could not be decoded cleanly. */
  public enum OnCorrupt {
    /** The whole picture is filled. */
    BLANK,
    /** The file is refused. */
    FAIL
  }

  /** What becomes of groups of pictures in which nothing is to be destroyed. */
  public enum Smart {
    /** Copied where the encoder's stream can be joined to the input's. */
    AUTO,
    /** Encoded like all others. */
    OFF;

    /** The name on the command line and in reports. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the styles and checks that none is missing and that the margin is in range. */
  public RenderOptions {
    styles = Map.copyOf(styles);
    for (Label label : Label.values()) {
      if (!styles.containsKey(label)) {
        throw new IllegalArgumentException("no style for class " + label.id());
      }
    }
    checkMargin(margin);
  }

  /**
   * Checks a margin.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  static void checkMargin(double margin) {
    if (!(margin >= 0 && margin <= RegionPlanner.MAX_MARGIN)) {
      throw new IllegalArgumentException(
          "the margin is 0 to "
              + RegionPlanner.MAX_MARGIN
              + ", not "
              + margin
              + "; with less than 0 the object's own edge would be left");
    }
  }

  /** The same with another word on copying. */
  public RenderOptions withSmart(Smart another) {
    return new RenderOptions(
        styles, margin, cover, encoder, audio, onCorrupt, allowTruncated, another, audit);
  }

  /** The same with another margin. */
  RenderOptions withMargin(double another) {
    return new RenderOptions(
        styles, another, cover, encoder, audio, onCorrupt, allowTruncated, smart, audit);
  }

  /** The same with another audit. */
  RenderOptions withAudit(AuditOptions another) {
    return new RenderOptions(
        styles, margin, cover, encoder, audio, onCorrupt, allowTruncated, smart, another);
  }

  /** One style for every class. */
  public static Map<Label, Style> everywhere(Style style) {
    Map<Label, Style> styles = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      styles.put(label, style);
    }
    return styles;
  }

  /** The default style, margin, encoder and audit, with sound. */
  public static RenderOptions defaults() {
    return new RenderOptions(
        everywhere(new Style.Blur()),
        DEFAULT_MARGIN,
        Cover.FACE,
        EncoderSettings.defaults(),
        Audio.KEEP,
        OnCorrupt.BLANK,
        false,
        Smart.OFF,
        AuditOptions.defaults());
  }
}
