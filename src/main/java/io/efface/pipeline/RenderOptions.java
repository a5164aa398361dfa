package io.efface.pipeline;

import io.efface.media.EncoderSettings;
import io.efface.redact.Style;

/**
 * How regions are destroyed and the output is written.
 *
 * @param style what takes the pixels' place
 * @param margin growth of a region on each side as a share of the object's side, 0 to 2; the
 *     codec's reach is added
 * @param encoder codec, quality and effort
 * @param audio what becomes of sound
 * @param onCorrupt what becomes of frames that could not be decoded cleanly
 * @param allowTruncated whether a file that ends in the middle is rendered as far as it goes
 */
public record RenderOptions(
    Style style,
    double margin,
    EncoderSettings encoder,
    Audio audio,
    OnCorrupt onCorrupt,
    boolean allowTruncated) {

  /** The margin where none is asked for. */
  public static final double DEFAULT_MARGIN = 0.25;

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

  /** Checks the margin. */
  public RenderOptions {
    if (!(margin >= 0 && margin <= 2)) {
      throw new IllegalArgumentException("the margin is 0 to 2, not " + margin);
    }
  }

  /** The default style, margin, encoder, with sound. */
  public static RenderOptions defaults() {
    return new RenderOptions(
        new Style.Blur(),
        DEFAULT_MARGIN,
        EncoderSettings.defaults(),
        Audio.KEEP,
        OnCorrupt.BLANK,
        false);
  }
}
