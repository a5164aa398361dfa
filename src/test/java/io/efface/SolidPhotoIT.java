package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.manifest.Decision;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.media.Rational;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.redact.Style;
import io.efface.testing.Manifests;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A photo's solid colour is the one that was asked for, and its audit knows it again. */
class SolidPhotoIT {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 960;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"jpg, png", "jpg, jpg", "webp, png", "webp, jpg"})
  void redIsRedInLargePhotos(String from, String to) throws IOException {
    Path input =
        FfmpegPrograms.make(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=" + WIDTH + "x" + HEIGHT + ":d=0.04",
            "-frames:v",
            "1",
            folder.resolve("in." + from));
    Path output = folder.resolve("out." + to);
    new RedactionPipeline()
        .apply(
            new ApplyJob(
                manifest(input),
                input,
                /* anyInput= */ false,
                output,
                Jobs.render(new Style.Solid(255, 0, 0)),
                /* overwrite= */ false,
                Optional.empty()),
            Progress.NONE);
    Path raw =
        FfmpegPrograms.make(
            "-i",
            output,
            "-vf",
            "crop=2:2:" + WIDTH / 2 + ":" + HEIGHT / 2,
            "-pix_fmt",
            "rgb24",
            "-f",
            "rawvideo",
            folder.resolve("raw"));
    byte[] rgb = Files.readAllBytes(raw);
    assertThat(rgb[0] & 0xff).isGreaterThan(250);
    assertThat(rgb[1] & 0xff).isLessThan(5);
    assertThat(rgb[2] & 0xff).isLessThan(5);
  }

  private Path manifest(Path input) throws IOException {
    Box face = Box.around(WIDTH / 2.0, HEIGHT / 2.0, 200, 260);
    Track track =
        new Track(1, Label.FACE, List.of(new TrackPoint(0, 0, face, 0.5, Origin.DETECTED)));
    Manifest manifest =
        Manifests.of(
            new Manifest.Input(
                FileIdentity.of(input),
                "image2",
                0,
                "photo",
                WIDTH,
                HEIGHT,
                Orientation.UPRIGHT,
                Rational.UNKNOWN,
                new Rational(1, 25),
                1),
            List.of(Label.FACE),
            List.of(track),
            Decision.REDACT);
    return Manifests.write(manifest, folder.resolve("manifest.json"));
  }
}
