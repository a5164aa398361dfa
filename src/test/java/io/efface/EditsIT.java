package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.audit.Finding;
import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Style;
import io.efface.testing.RealFootage;
import io.efface.testing.TexturedFilm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's decisions, from file to file. */
class EditsIT {
  private static final TexturedFilm FILM = new TexturedFilm("yuv420p");

  /** Like an L in the lower left, where the plate passes. */
  private static final Polygon ZONE =
      new Polygon(
          List.of(
              new Point(10, 60),
              new Point(40, 60),
              new Point(40, 110),
              new Point(110, 110),
              new Point(110, 150),
              new Point(10, 150)));

  private static final String CORNERS = "[[10,60],[40,60],[40,110],[110,110],[110,150],[10,150]]";

  @TempDir Path folder;
  private byte[] raw = new byte[0];
  private Path input = Path.of("");
  private Path manifest = Path.of("");

  @BeforeEach
  void makeFilm() {
    raw = FILM.raw();
    input = FILM.encode(raw, folder.resolve("in.mkv"), "-c:v", "ffv1", "-level", "3");
    manifest = TexturedFilm.manifest(input, folder.resolve("in.manifest.json"));
  }

  @Test
  void applyFoldsEditsInAndVerifyKnowsThem() throws IOException {
    Path edits =
        edits(
            "\"tracks\":[{\"track\":1,\"decision\":\"keep\",\"reason\":\"she agreed\"},"
                + "{\"track\":4,\"decision\":\"drop\",\"reason\":\"a sign\"}],"
                + "\"boxes\":[{\"label\":\"face\",\"frames\":[3,9],\"box\":[150,90,30,40]}],"
                + "\"zones\":[{\"decision\":\"redact\",\"polygon\":"
                + CORNERS
                + ",\"reason\":\"a window\"}]");
    Path saved = folder.resolve("saved.json");
    Path output = folder.resolve("out.mkv");
    Outcome.Redacted done =
        apply(
            output,
            edits,
            Optional.of(saved),
            new Style.Solid(0, 0, 0),
            ReportRequest.beside(output));
    assertThat(done.zones()).isEqualTo(1);
    Manifest made = ManifestCodec.read(saved);
    assertThat(made.zones()).hasSize(1);
    assertThat(made.redacted()).extracting(t -> t.id()).containsExactly(2, 3, 5);

    JsonNode report = new ObjectMapper().readTree(Jobs.report(output).toFile());
    assertThat(report.at("/zones/0/reason").textValue()).isEqualTo("a window");
    assertThat(report.at("/tracks/3/decision").textValue()).isEqualTo("drop");
    assertThat(report.at("/tracks/3/reason").textValue()).isEqualTo("a sign");
    assertThat(report.at("/tracks/4/origins/manual").intValue()).isEqualTo(7);
    assertThat(report.at("/edits/sha256").textValue()).isEqualTo(FileIdentity.of(edits).sha256());

    byte[] out = FILM.decode(output);
    for (int f = 0; f < TexturedFilm.FRAMES; f++) {
      for (int y = 0; y < TexturedFilm.HEIGHT; y += 3) {
        for (int x = 0; x < TexturedFilm.WIDTH; x += 3) {
          if (ZONE.contains(x + 0.5, y + 0.5)) {
            assertThat(out[FILM.lumaAt(f, x, y)] & 0xff).isBetween(8, 24);
          }
        }
      }
    }
    Box kept = TexturedFilm.box(1, 15);
    int same = 0;
    for (int x = 0; x < kept.width(); x++) {
      int at = FILM.lumaAt(15, (int) kept.left() + x, (int) kept.centreY());
      same += Math.abs((out[at] & 0xff) - (raw[at] & 0xff)) < 20 ? 1 : 0;
    }
    assertThat(same).as("pixels of the kept face").isGreaterThan(40);

    assertThat(verify(output, saved)).isEmpty();
    Path tampered = FILM.encode(restored(out, 7), folder.resolve("bad.mkv"), "-c:v", "ffv1");
    assertThat(verify(tampered, saved))
        .anyMatch(f -> f.kind() == Finding.Kind.REGION && f.sentence().startsWith("zone 1 "));
  }

  @Test
  void applyTellsThatNothingWasDestroyed() throws IOException {
    Path edits =
        edits(
            "\"tracks\":[{\"track\":1,\"decision\":\"keep\",\"reason\":\"a\"},"
                + "{\"track\":2,\"decision\":\"drop\",\"reason\":\"a\"},"
                + "{\"track\":3,\"decision\":\"drop\",\"reason\":\"a\"},"
                + "{\"track\":4,\"decision\":\"drop\",\"reason\":\"a\"}]");
    Path output = folder.resolve("out.mkv");
    Outcome.Redacted done =
        apply(
            output,
            edits,
            Optional.empty(),
            new Style.Solid(0, 0, 0),
            ReportRequest.beside(output));
    assertThat(done.attention())
        .contains(
            input
                + ": all 4 objects found were left visible, as the edits say; look at the output"
                + " before you share it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"blur", "solid"})
  void whatWasInAZoneHasNoPartInTheOutput(String name) throws IOException {
    Style style = name.equals("blur") ? new Style.Blur() : new Style.Solid(40, 80, 120);
    Path edits = edits("\"zones\":[{\"decision\":\"redact\",\"polygon\":" + CORNERS + "}]");
    byte[] scrambled = raw.clone();
    Random random = new Random(3);
    for (int f = 0; f < TexturedFilm.FRAMES; f++) {
      for (int y = 0; y < TexturedFilm.HEIGHT; y++) {
        for (int x = 0; x < TexturedFilm.WIDTH; x++) {
          if (ZONE.contains(x + 0.5, y + 0.5)) {
            scrambled[FILM.lumaAt(f, x, y)] = (byte) (16 + random.nextInt(220));
          }
        }
      }
    }
    Path other = FILM.encode(scrambled, folder.resolve("other.mkv"), "-c:v", "ffv1", "-level", "3");
    Path one = folder.resolve("one.mkv");
    Path two = folder.resolve("two.mkv");
    RedactionPipeline pipeline = new RedactionPipeline();
    for (Path from : List.of(input, other)) {
      pipeline.redact(
          new RedactionJob(
              from,
              from.equals(input) ? one : two,
              nothing(),
              Jobs.render(style),
              false,
              Optional.empty(),
              new Editing(Optional.of(edits), Optional.empty())),
          Progress.NONE);
    }
    assertThat(one).hasSameBinaryContentAs(two);
  }

  @Test
  void aZoneNeedsNoDetector() throws IOException {
    Path output = folder.resolve("out.mkv");
    Path saved = folder.resolve("saved.json");
    Outcome.Redacted done =
        new RedactionPipeline()
            .redact(
                new RedactionJob(
                    input,
                    output,
                    nothing(),
                    Jobs.render(new Style.Blur()),
                    false,
                    Optional.of(ReportRequest.beside(output)),
                    new Editing(
                        Optional.of(
                            edits(
                                "\"zones\":[{\"decision\":\"redact\",\"polygon\":"
                                    + CORNERS
                                    + "}]")),
                        Optional.of(saved))),
                Progress.NONE);
    assertThat(done.objects()).isEmpty();
    assertThat(done.zones()).isEqualTo(1);
    assertThat(done.attention()).singleElement().asString().contains("nothing was looked for");
    JsonNode report = new ObjectMapper().readTree(Jobs.report(output).toFile());
    assertThat(report.at("/options/detection/classes")).isEmpty();
    assertThat(report.get("models")).isEmpty();
    assertThat(report.get("checks"))
        .anySatisfy(
            check -> {
              assertThat(check.get("name").textValue()).isEqualTo("residue");
              assertThat(check.get("ran").booleanValue()).isFalse();
              assertThat(check.get("detail").textValue()).isEqualTo("nothing was looked for");
            });
    assertThat(Files.readString(output.resolveSibling("out.mkv.report.html")))
        .contains("Nothing was looked for", "1 zone of the picture");
    assertThat(verify(output, saved)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"tracks\":[{\"track\":9,\"decision\":\"drop\",\"reason\":\"a sign\"}] | there is no track 9",
        "\"boxes\":[{\"label\":\"face\",\"frames\":[0,16],\"box\":[1,1,9,9]}] | box 1: frame 16 lies beyond",
        "\"boxes\":[{\"label\":\"face\",\"frames\":[0,1],\"box\":[240,1,9,9]}] | box 1: it lies outside",
        "\"zones\":[{\"decision\":\"redact\",\"polygon\":[[0,0],[9,9],[9,0],[0,9]]}] | cross or touch",
        "\"zones\":[{\"decision\":\"redact\",\"polygon\":[[0,0],[9,9],[9,0]],\"seconds\":[0,2]}] | zone 1: 2 s lies",
      })
  void editsThatDoNotFitLeaveNothingBehind(String members, String message) throws IOException {
    Path edits = edits(members);
    List<String> before = Jobs.names(folder);
    assertThatThrownBy(
            () ->
                apply(
                    folder.resolve("out.mkv"),
                    edits,
                    Optional.of(folder.resolve("saved.json")),
                    new Style.Blur(),
                    ReportRequest.beside(folder.resolve("out.mkv"))))
        .hasMessageStartingWith(edits.toString())
        .hasMessageContaining(message);
    assertThat(Jobs.names(folder)).isEqualTo(before);
  }

  @Test
  void numbersOfTracksHoldForTheirManifestOnly() throws IOException {
    String decision = "\"tracks\":[{\"track\":1,\"decision\":\"keep\",\"reason\":\"she agreed\"}]";
    Path output = folder.resolve("out.mkv");
    assertThatThrownBy(() -> redact(input, output, edits(decision)))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("decides on tracks, whose numbers hold for one manifest");
    Path other = edits("\"manifest\":\"" + "0".repeat(64) + "\"," + decision);
    assertThatThrownBy(() -> redact(input, output, other))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("was made for another manifest");
    assertThatThrownBy(
            () ->
                apply(
                    output,
                    other,
                    Optional.empty(),
                    new Style.Blur(),
                    ReportRequest.beside(output)))
        .hasMessageContaining("was made for another manifest");
    assertThat(output).doesNotExist();
  }

  @Test
  void redactWithEditsMakesTheBytesOfDetectAndApply() throws IOException {
    Path clip = folder.resolve("cut.mp4");
    FfmpegPrograms.make(
        "-i", RealFootage.path("clips/fr_short_hamilton_clip.mp4"), "-t", "1", "-c", "copy", clip);
    Path found = folder.resolve("cut.json");
    RedactionPipeline pipeline = new RedactionPipeline();
    pipeline.detect(
        new DetectJob(
            clip, Jobs.detection(320), false, Optional.of(found), Optional.empty(), false),
        Progress.NONE);
    assertThat(ManifestCodec.read(found).tracks()).isNotEmpty();
    Path edits =
        edits(
            "\"manifest\":\""
                + FileIdentity.of(found).sha256()
                + "\",\"tracks\":[{\"track\":1,\"decision\":\"drop\",\"reason\":\"a test\"}],"
                + "\"zones\":[{\"decision\":\"redact\",\"polygon\":[[0,0],[99,0],[0,99]]}]");
    Path once = folder.resolve("once.mp4");
    redact(clip, once, edits);
    Path replayed = folder.resolve("replayed.mp4");
    pipeline.apply(
        new ApplyJob(
            found,
            clip,
            false,
            replayed,
            Jobs.render(new Style.Blur()),
            false,
            Optional.empty(),
            new Editing(Optional.of(edits), Optional.empty())),
        Progress.NONE);
    assertThat(replayed).hasSameBinaryContentAs(once);
  }

  private static void redact(Path from, Path output, Path edits) {
    new RedactionPipeline()
        .redact(
            new RedactionJob(
                from,
                output,
                Jobs.detection(320),
                Jobs.render(new Style.Blur()),
                false,
                Optional.empty(),
                new Editing(Optional.of(edits), Optional.empty())),
            Progress.NONE);
  }

  private Outcome.Redacted apply(
      Path output, Path edits, Optional<Path> saved, Style style, ReportRequest report) {
    return new RedactionPipeline()
        .apply(
            new ApplyJob(
                manifest,
                input,
                false,
                output,
                Jobs.render(style),
                false,
                Optional.of(report),
                new Editing(Optional.of(edits), saved)),
            Progress.NONE);
  }

  private List<Finding> verify(Path output, Path against) {
    return new RedactionPipeline()
        .verify(Jobs.verification(output, against, Optional.of(input)), Progress.NONE)
        .findings();
  }

  private static DetectionOptions nothing() {
    return new DetectionOptions(
        DetectionOptions.DEFAULT_MODEL, 320, Set.of(), OptionalDouble.empty());
  }

  private Path edits(String members) throws IOException {
    return Files.writeString(
        folder.resolve("edits.json"),
        "{\"format\":\"efface-edits\",\"version\":1," + members + "}");
  }

  /** The output with the input's pixels in a part of the zone, in one frame. */
  private byte[] restored(byte[] out, int frame) {
    byte[] tampered = out.clone();
    for (int y = 112; y < 148; y++) {
      for (int x = 40; x < 100; x++) {
        int at = FILM.lumaAt(frame, x, y);
        tampered[at] = raw[at];
      }
    }
    return tampered;
  }
}
