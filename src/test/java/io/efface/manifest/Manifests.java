package io.efface.manifest;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.Rational;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.util.List;

/** Manifests for tests. */
public final class Manifests {
  /** A SHA-256 that is one in form. */
  public static final String SHA256 = "0123456789abcdef".repeat(4);

  private Manifests() {}

  /** A detector. */
  public static ModelIdentity model() {
    return new ModelIdentity("efface-n", SHA256, 1280, 0.45, 0.12345678);
  }

  /** Ten frames, two shots, a face, a plate that is kept, a corrupt frame. */
  public static Manifest small() {
    Track face =
        new Track(
            1,
            Label.FACE,
            List.of(
                new TrackPoint(0, -512, Box.ofSize(-3.14159, 10, 20.005, 30.5), 0, Origin.EXTENDED),
                new TrackPoint(1, 0, Box.ofSize(1e-9, 11, 20, 30), 0.98765, Origin.DETECTED),
                new TrackPoint(2, 512, Box.ofSize(1.5, 12, 20, 30), 0, Origin.INTERPOLATED)));
    Track plate =
        new Track(
            2,
            Label.PLATE,
            List.of(new TrackPoint(9, 4096, Box.ofSize(100000, 0.1, 0.3, 0), 1, Origin.MANUAL)));
    return new Manifest(
        new Tool("efface", "0.1.0"),
        input(10),
        List.of(model()),
        List.of(Label.PLATE, Label.FACE),
        List.of(0L, 3L),
        List.of(new FrameRange(4, 4), new FrameRange(6, 7)),
        List.of(
            new Manifest.Entry(plate, new Decision.Keep("the \"owner\" agreed")),
            new Manifest.Entry(face, Decision.REDACT)));
  }

  /** Upright footage of the given length. */
  public static Manifest.Input input(long frames) {
    return new Manifest.Input(
        new FileIdentity("clip é.mp4", SHA256, 123456789012L),
        "mov,mp4",
        0,
        "h264",
        1920,
        1080,
        Orientation.ROTATED_90_CLOCKWISE,
        Rational.UNKNOWN,
        new Rational(1, 12800),
        frames);
  }
}
