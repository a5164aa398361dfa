package io.efface.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.manifest.Decision;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Precision;
import io.efface.manifest.Tool;
import io.efface.media.Rational;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.RenderOptions;
import io.efface.redact.Cover;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first promise, through the whole program, for manifests made from a seed: whatever was inside
 * the regions, the output file is the same to the bit.
 */
class RandomManifestIT {
  private static final int FRAMES = 5;
  private static final int MS_A_FRAME = 1000 / RawFilm.FPS;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1, yuv420p, blur",
    "2, yuv420p, solid",
    "3, yuv422p, blur",
    "4, yuv422p, solid",
    "5, yuv444p, blur",
    "6, yuv444p, solid",
    "7, yuv420p10le, blur",
    "8, yuv420p10le, solid",
    "9, yuv422p10le, blur",
    "10, yuv422p10le, solid",
    "11, yuv444p10le, blur",
    "12, yuv444p10le, solid",
    "13, yuv420p, number",
    "14, yuv422p10le, number",
  })
  void whatWasInsideHasNoPartInTheFile(int seed, String form, String name) throws IOException {
    Random random = new Random(seed);
    int width = 101 + random.nextInt(160);
    int height = 81 + random.nextInt(100);
    Style style = name.equals("solid") ? new Style.Solid(200, 30, 60) : Style.ofWords(name);
    RenderOptions usual = Jobs.render(style);
    RenderOptions options =
        new RenderOptions(
            RenderOptions.everywhere(style),
            random.nextDouble() / 2,
            Cover.FACE,
            usual.encoder(),
            usual.audio(),
            usual.onCorrupt(),
            usual.allowTruncated(),
            usual.smart(),
            usual.audit());
    List<Track> tracks = tracks(width, height, random);

    RawFilm film = new RawFilm(form, width, height, FRAMES, random);
    RawFilm other = film.scrambled(regions(tracks, options, width, height), random);
    assertThat(other.differences(film)).as("bytes inside").isGreaterThan(1000);
    Path input = film.write(folder.resolve("film.mkv"));
    Path manifest = write(manifest(input, width, height, tracks));
    Path first = apply(manifest, input, "first.mp4", options);
    Path second = apply(manifest, other.write(folder.resolve("other.mkv")), "second.mp4", options);
    assertThat(second).hasSameBinaryContentAs(first);

    // The measure can fail: what is kept of the picture has a part in the file.
    Manifest nothing = manifest(input, width, height, List.of());
    Path third = apply(write(nothing), input, "third.mp4", options);
    assertThat(Files.mismatch(first, third)).isNotEqualTo(-1);
  }

  /** Objects that move, meet, come, go, and reach over the border. */
  private static List<Track> tracks(int width, int height, Random random) {
    List<Track> tracks = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int id = 1; id <= count; id++) {
      Label label = random.nextInt(3) == 0 ? Label.PLATE : Label.FACE;
      Box box =
          Box.around(
              width * (1.1 * random.nextDouble() - 0.05),
              height * (1.1 * random.nextDouble() - 0.05),
              6 + width * 0.25 * random.nextDouble(),
              6 + height * 0.25 * random.nextDouble());
      double dx = 12 * random.nextDouble() - 6;
      double dy = 12 * random.nextDouble() - 6;
      int first = random.nextInt(FRAMES);
      List<TrackPoint> points = new ArrayList<>();
      for (int f = first; f < FRAMES; f++) {
        Box there = box.translate(dx * f, dy * f);
        points.add(
            new TrackPoint(f, (long) f * MS_A_FRAME, there, 0.5, TrackPoint.Origin.DETECTED));
      }
      tracks.add(Precision.rounded(new Track(id, label, points)));
    }
    return tracks;
  }

  private static List<List<Region>> regions(
      List<Track> tracks, RenderOptions options, int width, int height) {
    RegionPlanner planner = new RegionPlanner(options.margin(), options.styles(), width, height);
    List<List<Region>> regions = new ArrayList<>();
    for (int f = 0; f < FRAMES; f++) {
      List<Region> shown = new ArrayList<>();
      for (Track track : tracks) {
        int point = f - (int) track.first().frame();
        if (point >= 0) {
          shown.add(planner.plan(track.id(), track.label(), track.points().get(point).box()));
        }
      }
      regions.add(shown);
    }
    return regions;
  }

  private static Manifest manifest(Path input, int width, int height, List<Track> tracks)
      throws IOException {
    return new Manifest(
        new Tool("efface", "test"),
        new Manifest.Input(
            FileIdentity.of(input),
            "matroska",
            0,
            "ffv1",
            width,
            height,
            Orientation.UPRIGHT,
            Rational.UNKNOWN,
            new Rational(1, 1000),
            FRAMES),
        List.of(new ModelIdentity("none", "0".repeat(64), 640, 0.5, 0.5)),
        List.of(Label.FACE, Label.PLATE),
        List.of(0L),
        List.of(),
        tracks.stream().map(track -> new Manifest.Entry(track, Decision.REDACT)).toList());
  }

  private Path write(Manifest manifest) throws IOException {
    Path file = Files.createTempFile(folder, "manifest", ".json");
    try (OutputStream out = Files.newOutputStream(file)) {
      ManifestCodec.write(manifest, out);
    }
    return file;
  }

  private Path apply(Path manifest, Path input, String output, RenderOptions options) {
    Path to = folder.resolve(output);
    new RedactionPipeline()
        .apply(
            new ApplyJob(manifest, input, true, to, options, false, Optional.empty()),
            Progress.NONE);
    return to;
  }
}
