package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.audit.ContainerAudit;
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
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.RenderOptions.Smart;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Style;
import io.efface.testing.HashedFrames;
import io.efface.testing.Manifests;
import io.efface.testing.Probe;
import io.efface.testing.RealFootage;
import io.efface.testing.SyntheticVideo;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of pictures with nothing to destroy in them are copied, and nothing else is. */
class SmartIT {
  private static final int GROUP = 25;
  private static final int FRAMES = 125;

  /** The only frame in which something is to be destroyed. */
  private static final int FRAME = 60;

  private static final int FIRST = FRAME / GROUP * GROUP;
  private static final int UP_TO = FIRST + GROUP;

  @TempDir Path folder;

  /** How the film is to be turned, as its first picture says. */
  private Orientation orientation = Orientation.UPRIGHT;

  /** What the last redaction asked a person to look at. */
  private List<String> attention = List.of();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mp4|-bf 0",
        "mp4|-bf 3 -b_strategy 0",
        "mp4|-bf 2 -x264-params b-pyramid=none",
        "mp4|-profile:v baseline",
        "mp4|-profile:v main -coder 0 -bf 1",
        "mp4|-slices 4 -aud 1 -nal-hrd vbr -b:v 500k -maxrate 500k -bufsize 500k",
        "mkv|-bf 2",
        "mov|-bf 2",
      })
  void copiesTheGroupsWithNothingToDestroy(String ending, String encoding) throws IOException {
    Path input = film("in." + ending, encoding.split(" "));
    Path output = folder.resolve("out." + ending);
    JsonNode copying = redact(input, output);
    assertThat(copying.path("copied").asInt()).isEqualTo(FRAMES - GROUP);
    assertThat(copying.path("encoded").asInt()).isEqualTo(GROUP);
    assertThat(copying.path("refusals")).isEmpty();

    HashedFrames before = HashedFrames.of(input);
    HashedFrames after = HashedFrames.of(output);
    assertThat(after.times()).isEqualTo(before.times());
    assertThat(after.differences(before))
        .contains(FRAME)
        .isSubsetOf(IntStream.range(FIRST, UP_TO).boxed().toList());
    playsFromEveryKey(output, after);
    assertThat(FfmpegPrograms.warnings(output)).isEqualTo(FfmpegPrograms.warnings(input));
    assertThat(ContainerAudit.check(output, 1)).isEmpty();
    if (!ending.equals("mkv")) {
      assertThat(Probe.of(output).video().path("codec_tag_string").asText()).isEqualTo("avc3");
    }
  }

  private void playsFromEveryKey(Path output, HashedFrames linear) {
    List<Double> keys = HashedFrames.keyTimes(output);
    assertThat(keys).hasSize(FRAMES / GROUP);
    for (int i = 0; i < keys.size(); i++) {
      int at = i * GROUP;
      assertThat(HashedFrames.from(output, keys.get(i), GROUP + 5).hashes())
          .as("from second %s", keys.get(i))
          .isEqualTo(linear.hashes(at, at + GROUP + 5));
    }
  }

  @ParameterizedTest
  @CsvSource({"ts", "flv"})
  void copiesFromContainersOfOtherForms(String ending) throws IOException {
    Path input = film("in." + ending, "-bf", "2");
    Path output = folder.resolve("out.mp4");
    assertThat(redact(input, output).path("copied").asInt()).isEqualTo(FRAMES - GROUP);
    HashedFrames after = HashedFrames.of(output);
    assertThat(after.differences(HashedFrames.of(input)))
        .contains(FRAME)
        .isSubsetOf(IntStream.range(FIRST, UP_TO).boxed().toList());
    playsFromEveryKey(output, after);
  }

  @Test
  void framesOfUnevenLengthKeepTheirTimes() throws IOException {
    Path even = film("even.mkv", "-bf", "2");
    Path input = folder.resolve("in.mkv");
    FfmpegPrograms.make(
        "-i",
        even,
        "-c",
        "copy",
        "-bsf:v",
        "setts=pts=PTS+floor(PTS/3):dts=DTS+floor(DTS/3)",
        input);
    Path output = folder.resolve("out.mkv");
    JsonNode copying = redact(input, output);
    assertThat(copying.path("copied").asInt()).isEqualTo(FRAMES - GROUP);
    assertThat(HashedFrames.of(output).times()).isEqualTo(HashedFrames.of(input).times());
  }

  @Test
  void soundGoesAlong() throws IOException {
    Path input = folder.resolve("in.mp4");
    FfmpegPrograms.make(
        "-i",
        film("silent.mp4", "-bf", "2"),
        "-f",
        "lavfi",
        "-i",
        "sine",
        "-shortest",
        "-c:v",
        "copy",
        "-c:a",
        "aac",
        input);
    Path output = folder.resolve("out.mp4");
    assertThat(redact(input, output).path("copied").asInt()).isEqualTo(FRAMES - GROUP);
    assertThat(FfmpegPrograms.sound(output)).isEqualTo(FfmpegPrograms.sound(input));
    assertThat(ContainerAudit.check(output, 2)).isEmpty();
  }

  /** What lies in the copied packets beside the pictures: each alone must refuse the file. */
  @ParameterizedTest
  @CsvSource({
    "06 05, an encoder's name",
    "06 04, captions",
    "06 2d, a message of an unknown kind",
    "1e, a unit of an unknown kind",
    "0e, a unit of another layer",
    "0c, filler",
  })
  void nothingBesideThePicturesIsCopied(String header, String what) throws IOException {
    Path plain = folder.resolve("plain.h264");
    FfmpegPrograms.make("-i", film("clean.mp4", "-bf", "0"), "-c", "copy", plain);
    byte[] secret = SyntheticVideo.SECRET.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream unit = new ByteArrayOutputStream();
    unit.writeBytes(HexFormat.of().parseHex(header.replace(" ", "")));
    if (header.startsWith("06")) {
      unit.write(secret.length);
    }
    unit.writeBytes(secret);
    unit.write(0x80);
    Path planted = folder.resolve("planted.h264");
    Files.write(planted, withUnitBeforeSlices(Files.readAllBytes(plain), unit.toByteArray()));
    Path input = folder.resolve("in.mp4");
    FfmpegPrograms.make(
        "-fflags",
        "+genpts",
        "-r",
        "25",
        "-i",
        planted,
        "-c",
        "copy",
        "-video_track_timescale",
        "12800",
        input);
    assertThat(Files.readString(input, StandardCharsets.ISO_8859_1))
        .as(what)
        .contains(SyntheticVideo.SECRET);

    Path output = folder.resolve("out.mp4");
    assertThat(redact(input, output).path("copied").asInt()).isEqualTo(FRAMES - GROUP);
    assertThat(Files.readString(output, StandardCharsets.ISO_8859_1))
        .doesNotContain(SyntheticVideo.SECRET)
        .doesNotContain("x264");
    assertThat(HashedFrames.of(output).hashes(0, GROUP))
        .isEqualTo(HashedFrames.of(input).hashes(0, GROUP));
  }

  private static byte[] withUnitBeforeSlices(byte[] stream, byte[] unit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < stream.length; i++) {
      boolean slice =
          i + 3 < stream.length
              && stream[i] == 0
              && stream[i + 1] == 0
              && stream[i + 2] == 1
              && ((stream[i + 3] & 0x1f) == 5 || (stream[i + 3] & 0x1f) == 1);
      if (slice) {
        out.writeBytes(new byte[] {0, 0, 1});
        out.writeBytes(unit);
      }
      out.write(stream[i]);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in.mp4|-flags -cgop -x264-params open-gop=1 -bf 3|nothing",
        "in.mp4|-c:v libx265 -x265-params log-level=none|its codec is not H.264",
        "in.mkv|-c:v libvpx-vp9 -deadline realtime|its codec is not H.264",
        "in.mp4|-pix_fmt yuv420p10le|its profile is none",
        "in.mp4|-pix_fmt yuv422p|its profile is none",
        "in.mp4|-flags +ilme+ildct|it may be interlaced",
        "in.mp4|-x264-params cqm=jvt|it has matrices of its own",
        "in.avi|-bf 0|its pictures' times are not told",
      })
  void whatCannotBeJoinedIsEncodedAndSaidSo(String name, String encoding, String why)
      throws IOException {
    Path input = film(name, encoding.split(" "));
    Path output = folder.resolve("out.mkv");
    JsonNode copying = redact(input, output);
    assertThat(copying.path("copied").asInt()).isZero();
    assertThat(copying.path("encoded").asInt()).isEqualTo(FRAMES);
    // With open groups the whole film is one, and something in it is to be destroyed.
    if (!why.equals("nothing")) {
      assertThat(copying.path("refusals").path(0).path("why").asText()).startsWith(why);
      assertThat(copying.path("refusals").path(0).path("frames").asInt()).isEqualTo(FRAMES);
    }
    assertThat(HashedFrames.of(output).hashes()).hasSize(FRAMES);
  }

  @Test
  void longGroupsAreNotHeldBack() throws IOException {
    Path input = folder.resolve("in.mp4");
    FfmpegPrograms.make(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=160x96:r=25",
        "-frames:v",
        650,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-g",
        600,
        "-video_track_timescale",
        "12800",
        input);
    JsonNode copying = redact(input, folder.resolve("out.mp4"), 650);
    assertThat(copying.path("copied").asInt()).isEqualTo(50);
    assertThat(copying.path("refusals").path(0).path("why").asText()).contains("too far apart");
    assertThat(copying.path("refusals").path(0).path("frames").asInt()).isEqualTo(600);
  }

  @Test
  void fromAChangeOfSizeOnAllIsEncoded() throws IOException {
    Path first = film("first.ts", "-bf", "0");
    Path second = folder.resolve("second.ts");
    FfmpegPrograms.make(
        "-i",
        first,
        "-s",
        "192x128",
        "-c:v",
        "libx264",
        "-bf",
        "0",
        "-g",
        GROUP,
        "-output_ts_offset",
        "5",
        second);
    Path input = folder.resolve("in.ts");
    try (OutputStream out = Files.newOutputStream(input)) {
      Files.copy(first, out);
      Files.copy(second, out);
    }
    Path output = folder.resolve("out.mp4");
    JsonNode copying = redact(input, output, 2 * FRAMES);
    assertThat(copying.path("copied").asInt()).isBetween(FRAMES - 2 * GROUP, FRAMES - GROUP);
    assertThat(copying.findValuesAsText("why")).contains("its parameters change in the middle");
    assertThat(HashedFrames.of(output).hashes()).hasSize(2 * FRAMES);
  }

  /**
   * The messages that turn pictures are not copied, so neither are the pictures, nor the group that
   * is read up to them.
   */
  @Test
  void whatIsTurnedInTheMiddleIsEncoded() throws IOException {
    Path upright = film("upright.h264", "-bf", "0");
    Path turned = folder.resolve("turned.h264");
    FfmpegPrograms.make(
        "-i",
        upright,
        "-c",
        "copy",
        "-bsf:v",
        "h264_metadata=display_orientation=insert:rotate=180",
        turned);
    Path input = joined("in.mp4", upright, turned, upright);
    Path output = folder.resolve("out.mp4");
    JsonNode copying = redact(input, output, 3 * FRAMES);
    assertThat(copying.path("copied").asInt()).isEqualTo(2 * (FRAMES - GROUP));
    assertThat(copying.path("refusals").path(0).path("why").asText())
        .isEqualTo("its pictures say themselves how they are to be turned");
    assertThat(copying.path("refusals").path(0).path("frames").asInt()).isEqualTo(FRAMES + GROUP);
    assertThat(attention).anyMatch(line -> line.contains("turned changes in the middle"));

    orientation = Orientation.ROTATED_180;
    copying = redact(joined("in.mp4", turned, upright), folder.resolve("sooner.mp4"), 2 * FRAMES);
    assertThat(copying.path("copied").asInt()).isZero();
    assertThat(attention).anyMatch(line -> line.contains("turned changes in the middle"));
  }

  private Path joined(String name, Path... parts) throws IOException {
    Path stream = folder.resolve("joined.h264");
    try (OutputStream out = Files.newOutputStream(stream)) {
      for (Path part : parts) {
        Files.copy(part, out);
      }
    }
    Path film = folder.resolve(name);
    FfmpegPrograms.make(
        "-y", "-r", "25", "-i", stream, "-c", "copy", "-video_track_timescale", "12800", film);
    return film;
  }

  @Test
  void anotherCodecForTheOutputIsEncoded() throws IOException {
    Path input = film("in.mkv", "-bf", "0");
    JsonNode copying = redact(input, folder.resolve("out.webm"));
    assertThat(copying.path("copied").asInt()).isZero();
    assertThat(copying.path("refusals").path(0).path("why").asText())
        .isEqualTo("the output's codec is another");
  }

  /** Both passes at once: what is found decides, in the frames before it is found too. */
  @Test
  void theFacesOfAFilmAreDestroyedAndTheRestIsCopied() throws IOException {
    Path input = folder.resolve("in.mp4");
    FfmpegPrograms.make(
        "-i",
        RealFootage.path("clips/fr_short_hamilton_clip.mp4"),
        "-filter_complex",
        "[0:v]fps=25,split[a][b];[a]drawbox=color=gray:t=fill[e];"
            + "[e][b]overlay=enable='between(n,110,119)'",
        "-frames:v",
        200,
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-g",
        GROUP,
        "-an",
        input);
    Path output = folder.resolve("out.mp4");
    RedactionJob job = Jobs.redaction(input, output, 640);
    Outcome.Redacted redacted =
        new RedactionPipeline()
            .redact(
                new RedactionJob(
                    input,
                    output,
                    job.detection(),
                    job.render().withSmart(Smart.AUTO),
                    false,
                    job.report()),
                Progress.NONE);
    assertThat(redacted.objects().get(Label.FACE)).as("faces found").isPositive();
    JsonNode copying = copying(output);
    assertThat(copying.path("copied").asInt()).as(copying.toString()).isBetween(GROUP, 200 - GROUP);
    assertThat(copying.path("copied").asInt() + copying.path("encoded").asInt()).isEqualTo(200);
    HashedFrames before = HashedFrames.of(input);
    HashedFrames after = HashedFrames.of(output);
    assertThat(after.times()).isEqualTo(before.times());
    assertThat(after.differences(before))
        .contains(110, 119)
        .hasSizeLessThanOrEqualTo(copying.path("encoded").asInt());
  }

  /** Moving bars of 125 frames in groups of 25, without FFmpeg's own messages in it. */
  private Path film(String name, String... encoding) {
    List<Object> args = new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25"));
    args.addAll(List.of("-frames:v", FRAMES, "-c:v", "libx264", "-preset", "veryfast"));
    args.addAll(List.of("-pix_fmt", "yuv420p", "-g", GROUP));
    args.addAll(List.of(encoding));
    if (name.endsWith(".mp4") || name.endsWith(".mov")) {
      args.addAll(List.of("-video_track_timescale", "12800"));
    }
    args.add(folder.resolve(name));
    return FfmpegPrograms.make(args.toArray());
  }

  private JsonNode redact(Path input, Path output) throws IOException {
    return redact(input, output, FRAMES);
  }

  /** Destroys a part of one frame, with the whole audit, and gives what the report says. */
  private JsonNode redact(Path input, Path output, int frames) throws IOException {
    Probe probe = Probe.of(input);
    String[] base = probe.video().path("time_base").asText().split("/", -1);
    long pts = probe.frames().get(FRAME).path("best_effort_timestamp").asLong();
    if (input.toString().endsWith(".ts")) {
      // The clock of a broadcast begins anywhere.
      pts -= Math.round(probe.start() * Integer.parseInt(base[1]));
    }
    Track track =
        new Track(
            1,
            Label.FACE,
            List.of(
                new TrackPoint(
                    FRAME, pts, new Box(60, 20, 100, 70), 0.5, TrackPoint.Origin.DETECTED)));
    Manifest manifest =
        Manifests.of(
            new Manifest.Input(
                FileIdentity.of(input),
                "any",
                probe.video().path("index").asInt(),
                probe.video().path("codec_name").asText(),
                probe.frames().get(0).path("width").asInt(),
                probe.frames().get(0).path("height").asInt(),
                orientation,
                Rational.UNKNOWN,
                new Rational(Integer.parseInt(base[0]), Integer.parseInt(base[1])),
                frames),
            List.of(Label.FACE),
            List.of(track),
            Decision.REDACT);
    Path file = Manifests.write(manifest, folder.resolve("manifest.json"));
    attention =
        new RedactionPipeline()
            .apply(
                new ApplyJob(
                    file,
                    input,
                    false,
                    output,
                    Jobs.render(new Style.Blur()).withSmart(Smart.AUTO),
                    true,
                    Optional.of(ReportRequest.beside(output))),
                Progress.NONE)
            .attention();
    return copying(output);
  }

  private static JsonNode copying(Path output) throws IOException {
    return new ObjectMapper().readTree(Jobs.report(output).toFile()).path("copying");
  }
}
