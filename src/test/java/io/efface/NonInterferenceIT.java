package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.manifest.Decision;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.media.Rational;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.RenderOptions;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import io.efface.testing.Manifests;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first promise, from file to file: what was inside the regions of a lossless input has no part
 * in the bytes of the output.
 */
class NonInterferenceIT {
  private static final int WIDTH = 322;
  private static final int HEIGHT = 182;
  private static final int FRAMES = 20;
  private static final int TICKS_A_FRAME = 40;

  @TempDir Path folder;

  /** How FFmpeg names a picture's form, with the shift of its chroma planes. */
  private record Form(String name, int shift, int bytesPerSample, int maximum) {
    static Form of(String name) {
      boolean deep = name.endsWith("10le");
      return new Form(name, name.contains("420") ? 1 : 0, deep ? 2 : 1, deep ? 1023 : 255);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yuv420p, ffv1, blur",
    "yuv420p, ffv1, solid",
    "yuv420p, libx264, blur",
    "yuv420p10le, ffv1, blur",
    "yuv420p10le, ffv1, solid",
    "yuv444p, ffv1, blur",
    "yuv444p, ffv1, solid",
  })
  void whatWasInsideTheRegionsHasNoPartInTheOutput(String pixels, String codec, String name)
      throws IOException {
    Form form = Form.of(pixels);
    byte[] raw = picture(form);
    byte[] scrambled = raw.clone();
    int changed = scramble(scrambled, form);
    assertThat(changed).isGreaterThan(raw.length / form.bytesPerSample() / 20);
    Path original = lossless(raw, form, codec, "original.mkv");
    Path other = lossless(scrambled, form, codec, "other.mkv");
    assertThat(rawOf(other, form)).as("what the input holds").isEqualTo(scrambled);

    Path manifest = write(manifest(original, Decision.REDACT));
    Path first = apply(manifest, original, "first.mp4", style(name));
    Path second = apply(manifest, other, "second.mp4", style(name));
    assertThat(first).hasSameBinaryContentAs(second);

    // The measure can fail: one sample beside the regions is enough for other bytes.
    scrambled[0] = (byte) (scrambled[0] ^ 0x40);
    Path touched = lossless(scrambled, form, codec, "touched.mkv");
    Path third = apply(manifest, touched, "third.mp4", style(name));
    assertThat(Files.mismatch(first, third)).isNotEqualTo(-1);
  }

  @Test
  void whatADecisionKeepsStays() throws IOException {
    Form form = Form.of("yuv420p");
    byte[] raw = picture(form);
    Path input = lossless(raw, form, "ffv1", "in.mkv");
    Manifest kept = manifest(input, new Decision.Keep("a test"));
    Manifest none =
        new Manifest(
            kept.tool(),
            kept.input(),
            kept.models(),
            kept.classes(),
            kept.shots(),
            kept.corrupt(),
            List.of());
    Path output = apply(write(kept), input, "kept.mp4", new Style.Blur());
    Path untouched = apply(write(none), input, "untouched.mp4", new Style.Blur());
    assertThat(output).hasSameBinaryContentAs(untouched);
    Path redacted =
        apply(
            write(manifest(input, Decision.REDACT)),
            input,
            "redacted.mp4",
            new Style.Solid(0, 0, 0));
    byte[] scrambled = raw.clone();
    scramble(scrambled, form);
    double keptError = meanErrorInside(raw, scrambled, rawOf(output, form));
    assertThat(keptError).isLessThan(8);
    assertThat(meanErrorInside(raw, scrambled, rawOf(redacted, form))).isGreaterThan(3 * keptError);
  }

  @Test
  void aManifestOfAnotherFileIsRefusedUnlessThatIsMeant() throws IOException {
    Form form = Form.of("yuv420p");
    byte[] raw = picture(form);
    Path manifest = write(manifest(lossless(raw, form, "ffv1", "in.mkv"), Decision.REDACT));
    raw[0] ^= 1;
    Path other = lossless(raw, form, "ffv1", "other.mkv");
    Path output = folder.resolve("out.mp4");
    RenderOptions render = Jobs.render(new Style.Blur());
    ApplyJob job = new ApplyJob(manifest, other, false, output, render, false, Optional.empty());
    assertThatThrownBy(() -> new RedactionPipeline().apply(job, Progress.NONE))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(other + ": is not the file the manifest was made from");
    assertThat(output).doesNotExist();
    assertThat(apply(manifest, other, "out.mp4", new Style.Blur())).exists();
  }

  private Path apply(Path manifest, Path input, String output, Style style) {
    Path to = folder.resolve(output);
    RenderOptions render = Jobs.render(style);
    new RedactionPipeline()
        .apply(
            new ApplyJob(manifest, input, true, to, render, false, Optional.empty()),
            Progress.NONE);
    return to;
  }

  private static Style style(String name) {
    return name.equals("blur") ? new Style.Blur() : new Style.Solid(40, 80, 120);
  }

  /** Detail everywhere, from a seed. */
  private static byte[] picture(Form form) {
    Random random = new Random(7);
    byte[] raw = new byte[FRAMES * frameSamples(form) * form.bytesPerSample()];
    int at = 0;
    for (int f = 0; f < FRAMES; f++) {
      for (int plane = 0; plane < 3; plane++) {
        int shift = plane == 0 ? 0 : form.shift();
        for (int y = 0; y < HEIGHT >> shift; y++) {
          for (int x = 0; x < WIDTH >> shift; x++) {
            double wave = Math.sin((x + 3 * f) / 5.0) * Math.cos((y - f) / (7.0 + plane));
            double value = form.maximum() * (0.5 + 0.35 * wave) + 8 * random.nextGaussian();
            put(raw, at++, (int) Math.max(0, Math.min(form.maximum(), value)), form);
          }
        }
      }
    }
    return raw;
  }

  private static int frameSamples(Form form) {
    return WIDTH * HEIGHT + 2 * (WIDTH >> form.shift()) * (HEIGHT >> form.shift());
  }

  private static void put(byte[] raw, int sample, int value, Form form) {
    raw[sample * form.bytesPerSample()] = (byte) value;
    if (form.bytesPerSample() == 2) {
      raw[sample * 2 + 1] = (byte) (value >> 8);
    }
  }

  /** Puts noise into every sample that a region touches; says how many these were. */
  private static int scramble(byte[] raw, Form form) {
    Random random = new Random(11);
    int changed = 0;
    int at = 0;
    for (int f = 0; f < FRAMES; f++) {
      List<Region> regions = regions(f);
      for (int plane = 0; plane < 3; plane++) {
        int shift = plane == 0 ? 0 : form.shift();
        for (int y = 0; y < HEIGHT >> shift; y++) {
          for (int x = 0; x < WIDTH >> shift; x++, at++) {
            if (touches(regions, x << shift, y << shift, 1 << shift)) {
              put(raw, at, random.nextInt(form.maximum() + 1), form);
              changed++;
            }
          }
        }
      }
    }
    return changed;
  }

  /** Whether a region touches the square of pixels that a sample covers. */
  private static boolean touches(List<Region> regions, int x, int y, int side) {
    for (Region region : regions) {
      Box box = region.box();
      double dx = gap(x, x + side, box.centreX()) / (box.width() / 2);
      double dy = gap(y, y + side, box.centreY()) / (box.height() / 2);
      if (region.shape() == Region.Shape.ELLIPSE
          ? dx * dx + dy * dy < 1 - 1e-12
          : dx < 1 && dy < 1) {
        return true;
      }
    }
    return false;
  }

  private static double gap(double from, double to, double point) {
    return Math.max(0, Math.max(from - point, point - to));
  }

  private static List<Region> regions(int frame) {
    Map<Label, Style> styles = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      styles.put(label, new Style.Blur());
    }
    RegionPlanner planner = new RegionPlanner(RenderOptions.DEFAULT_MARGIN, styles, WIDTH, HEIGHT);
    List<Region> regions = new ArrayList<>();
    for (Track track : tracks()) {
      long offset = frame - track.first().frame();
      if (offset >= 0 && offset < track.points().size()) {
        Box box = track.points().get((int) offset).box();
        regions.add(planner.plan(track.id(), track.label(), box));
      }
    }
    return regions;
  }

  /** A face that moves, one that it meets, one at the border, a plate, all at odd places. */
  private static List<Track> tracks() {
    return List.of(
        track(1, Label.FACE, 0, 20, f -> Box.ofSize(30.37 + 4.1 * f, 40.11 + f, 31.5, 40.25)),
        track(2, Label.FACE, 4, 12, f -> Box.ofSize(110.13, 55.77 - f, 24.4, 33.3)),
        track(3, Label.FACE, 0, 20, f -> Box.ofSize(300.5 - f, -6.25, 28, 35)),
        track(4, Label.PLATE, 9, 11, f -> Box.ofSize(200.25 - 5 * f, 140.6, 48.8, 13.1)),
        track(5, Label.FACE, 17, 1, f -> Box.ofSize(250.5, 80.5, 6, 8)));
  }

  /** Where an object is. */
  private interface Motion {
    Box at(int frame);
  }

  private static Track track(int id, Label label, int first, int frames, Motion path) {
    List<TrackPoint> points = new ArrayList<>();
    for (int f = first; f < first + frames; f++) {
      points.add(new TrackPoint(f, (long) f * TICKS_A_FRAME, path.at(f), 0.5, Origin.DETECTED));
    }
    return new Manifest.Entry(new Track(id, label, points), Decision.REDACT).track();
  }

  private static Manifest manifest(Path input, Decision decision) throws IOException {
    return Manifests.of(
        new Manifest.Input(
            FileIdentity.of(input),
            "matroska",
            0,
            "ffv1",
            WIDTH,
            HEIGHT,
            Orientation.UPRIGHT,
            Rational.UNKNOWN,
            new Rational(1, 1000),
            FRAMES),
        List.of(Label.FACE, Label.PLATE),
        tracks(),
        decision);
  }

  private Path write(Manifest manifest) throws IOException {
    return Manifests.write(manifest, Files.createTempFile(folder, "manifest", ".json"));
  }

  private Path lossless(byte[] raw, Form form, String codec, String name) throws IOException {
    Path file = Files.write(folder.resolve("raw.yuv"), raw);
    return FfmpegPrograms.make(
        "-f",
        "rawvideo",
        "-pix_fmt",
        form.name(),
        "-s",
        WIDTH + "x" + HEIGHT,
        "-r",
        "25",
        "-i",
        file,
        "-c:v",
        codec,
        codec.equals("libx264") ? "-qp" : "-level",
        codec.equals("libx264") ? "0" : "3",
        folder.resolve(name));
  }

  private byte[] rawOf(Path video, Form form) throws IOException {
    return Files.readAllBytes(
        FfmpegPrograms.make(
            "-i", video, "-f", "rawvideo", "-pix_fmt", form.name(), folder.resolve("back.yuv")));
  }

  /** The mean difference of two videos where a third differs from the first. */
  private static double meanErrorInside(byte[] a, byte[] scrambled, byte[] b) {
    assertThat(b).hasSameSizeAs(a);
    long sum = 0;
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      if (scrambled[i] != a[i]) {
        sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        count++;
      }
    }
    return (double) sum / count;
  }
}
