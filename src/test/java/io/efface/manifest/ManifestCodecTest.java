package io.efface.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCodecTest {
  private static final List<Origin> ORIGINS = List.of(Origin.values());

  @TempDir Path folder;

  @Test
  void writesTheGoldenManifestToTheByte() throws IOException {
    assertThat(text(Manifests.small())).isEqualTo(golden());
  }

  @Test
  void readsTheGoldenManifest() throws IOException {
    assertThat(read(golden())).isEqualTo(Manifests.small());
  }

  @Test
  void leavesTheStreamOpenForItsOwner() throws IOException {
    boolean[] closed = {false};
    try (ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        }) {
      ManifestCodec.write(Manifests.small(), out);
      assertThat(closed[0]).isFalse();
      assertThat(out.size()).isPositive();
    }
  }

  @Test
  void aMarginThatIsNotTheUsualOneComesBack() throws IOException {
    Manifest manifest = Manifests.small().withMargin(OptionalDouble.of(0.5));
    assertThat(read(text(manifest)).margin()).hasValue(0.5);
    assertThat(text(Manifests.small())).doesNotContain("margin");
    String wrong = text(manifest).replaceFirst("(\"margin\"\\W+)0\\.5", "$12.5");
    assertThatThrownBy(() -> read(wrong)).hasMessageContaining("within 0 to 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyManifestEqualsWhatIsReadBackAndIsWrittenAgainToTheByte(long seed) throws IOException {
    Manifest manifest = random(new Random(seed));
    String written = text(manifest);
    Manifest readBack = read(written);
    assertThat(readBack).isEqualTo(manifest);
    assertThat(text(readBack)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1 | \"version\":2 | /version: is a manifest of Efface of version 2",
        "\"format\":\"efface-manifest\" | \"format\":\"x\" | /format: is not a manifest of Efface",
        "\"format\":\"efface-manifest\", | '' | it must begin with [format, version]",
        "\"width\":1920, | '' | at /input: the field 'width' is missing",
        "\"width\":1920 | \"width\":0 | at /input: the width must be 1 to 1000000, not 0",
        "\"width\":1920 | \"width\":\"1920\" | /input/width: expected a whole number, found text",
        "\"width\":1920 | \"width\":null | /input/width: expected a whole number, found null",
        "\"width\":1920 | \"width\":1920.5 | /input/width: expected a whole number",
        "\"width\":1920 | \"width\":99999999999 | /input/width: the number is not within",
        "\"width\":1920 | \"width\":99999999999999999999999 | /input/width: the number is not",
        "\"width\":1920 | \"width\":1920,\"width\":1920 | Duplicate",
        "\"width\":1920 | \"width\":1920,\"secret\":1 | unknown field 'secret'",
        "\"orientation\":6 | \"orientation\":9 | /input/orientation: the number is not within 1",
        "\"timeBase\":[1,12800] | \"timeBase\":[1,0] | /input/timeBase/1: the number is not",
        "\"timeBase\":[1,12800] | \"timeBase\":[1] | /input/timeBase: the array is too short",
        "\"timeBase\":[1,12800] | \"timeBase\":[1,2,3] | the array is too long",
        "\"sampleAspect\":[0,1] | \"sampleAspect\":[-1,1] | the number is not within",
        "clip é.mp4 | ../clip.mp4 | at /input: the file name must not be a path",
        "clip é.mp4 | .. | at /input: the file name must not be a path",
        "0.9877 | NaN | is not valid JSON",
        "0.9877 | 1e999 | the number is not within 0 to 1",
        "0.9877 | 1.0001 | the number is not within 0 to 1",
        "0.9877 | -0.1 | the number is not within 0 to 1",
        "-3.14 | -1e300 | /tracks/0/points/0/2: the number is not within",
        "20,30,0.9877 | -20,30,0.9877 | /tracks/0/points/1/4: the number is not within",
        "[1,0,0, | [1,0,[0], | /tracks/0/points/1/2: expected a number, found an array",
        "[1,0,0, | [5,0,0, | at /tracks/0: track 1 has a hole before frame 5",
        "[9,4096 | [10,4096 | track 2 reaches beyond the input's 10 frames",
        "\"id\":2 | \"id\":1 | two tracks have the id 1",
        "\"id\":2 | \"id\":0 | /tracks/1/id: the number is not within",
        "\"label\":\"plate\" | \"label\":\"cat\" | unknown class 'cat'; known: face, plate",
        "\"decision\":\"redact\" | \"decision\":\"spare\" | unknown decision 'spare'",
        "\"decision\":\"redact\" | \"decision\":\"keep\" | the field 'reason' is missing",
        "\"decision\":\"keep\" | \"decision\":\"redact\" | only a track that is kept or dropped has a reason",
        "\"d\"] | \"q\"] | unknown origin 'q'",
        "\"shots\":[0,3] | \"shots\":[] | the first shot must begin at frame 0",
        "\"shots\":[0,3] | \"shots\":[0,0] | shots must rise",
        "\"shots\":[0,3] | \"shots\":[0,10] | shots must rise",
        "[[4,4],[6,7]] | [[4,6],[6,7]] | corrupt frames must rise",
        "[[4,4],[6,7]] | [[4,3]] | frames 4 to 3 are no range",
        "[[4,4],[6,7]] | [[4,10]] | corrupt frames must rise",
        "0123456789abcdef0 | X123456789abcdef0 | at /models/0: a SHA-256 is 64 lower-case",
        "\"models\":[ | \"models\":[[[[[[[[[[[[[[[[[[[[[[[[[ | expected an object, found an array",
      })
  void refusesWhatIsWrongInOneLineThatSaysWhere(String find, String put, String message)
      throws IOException {
    String whole = golden();
    assertThat(whole).contains(find);
    // The last occurrence where the model's hash is meant, else the first.
    int at = find.startsWith("0123") ? whole.lastIndexOf(find) : whole.indexOf(find);
    String broken = whole.substring(0, at) + put + whole.substring(at + find.length());
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(file() + ": line ")
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage, org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void refusesNestingBeyondTheLimitWithoutDescending() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("expected an object");
    assertThatThrownBy(() -> read("{\"format\":" + "[".repeat(100_000)))
        .isInstanceOf(DocumentException.class);
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    String whole = golden();
    for (int length = 0; length < whole.length() - 1; length += 7) {
      String part = whole.substring(0, length);
      assertThatThrownBy(() -> read(part), "%s", part)
          .isInstanceOf(DocumentException.class)
          .hasMessageStartingWith(file().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damagedBytesGiveAManifestOrOneClearError(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] whole = golden().getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      Files.write(file(), damaged);
      try {
        ManifestCodec.read(file());
      } catch (DocumentException e) {
        refused++;
        assertThat(e.getMessage()).startsWith(file().toString()).doesNotContainPattern("\\R");
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void refusesWhatFollowsTheEnd() throws IOException {
    String more = golden() + "{}";
    assertThatThrownBy(() -> read(more)).hasMessageContaining("something follows the end");
  }

  @Test
  void refusesAnEmptyFileAFolderAndAFileThatIsNotThere() {
    assertThatThrownBy(() -> read("")).hasMessage(file() + ": is empty");
    assertThatThrownBy(() -> ManifestCodec.read(folder))
        .hasMessage(folder + ": is a folder, not a file");
    assertThatThrownBy(() -> ManifestCodec.read(Path.of("/dev/null")))
        .isInstanceOf(DocumentException.class)
        .hasMessage("/dev/null: is no regular file; copy it to one first");
    Path missing = folder.resolve("missing\n.json");
    assertThatThrownBy(() -> ManifestCodec.read(missing))
        .isInstanceOf(DocumentException.class)
        .hasMessage(folder + "/missing .json: no such file");
  }

  @Test
  void saysOfAnotherKindOfFileThatItIsNone() throws IOException {
    byte[] film = {0, 0, 0, 32, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0};
    byte[] picture = {
      (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F'
    };
    for (byte[] other : List.of(film, picture, "faces at 7".getBytes(StandardCharsets.UTF_8))) {
      Files.write(file(), other);
      assertThatThrownBy(() -> ManifestCodec.read(file()))
          .isInstanceOf(DocumentException.class)
          .hasMessage(file() + ": is not a manifest of Efface but something else");
    }
  }

  @Test
  void readsMembersInAnyOrderAfterTheVersion() throws IOException {
    String whole = golden();
    int tool = whole.indexOf("\"tool\"");
    int input = whole.indexOf("\"input\"");
    int models = whole.indexOf("\"models\"");
    String swapped =
        whole.substring(0, tool)
            + whole.substring(input, models)
            + whole.substring(tool, input)
            + whole.substring(models);
    assertThat(read(swapped)).isEqualTo(Manifests.small());
  }

  private Path file() {
    return folder.resolve("clip.json");
  }

  private Manifest read(String json) {
    try {
      Files.writeString(file(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ManifestCodec.read(file());
  }

  private static String text(Manifest manifest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestCodec.write(manifest, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ManifestCodecTest.class.getResourceAsStream("golden.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Manifest random(Random random) {
    long frames = 1 + random.nextLong(500);
    List<Manifest.Entry> tracks = new ArrayList<>();
    for (int id = 1; id <= 10; id++) {
      long first = random.nextLong(frames);
      long last = first + random.nextLong(frames - first);
      List<TrackPoint> points = new ArrayList<>();
      for (long f = first; f <= last; f++) {
        Box box =
            Box.ofSize(
                random.nextGaussian() * 5e4,
                random.nextGaussian() * 50,
                random.nextDouble() * Math.pow(10, random.nextInt(6)),
                random.nextDouble());
        Origin origin = ORIGINS.get(random.nextInt(ORIGINS.size()));
        points.add(new TrackPoint(f, random.nextLong(), box, random.nextDouble(), origin));
      }
      tracks.add(
          new Manifest.Entry(
              new Track(id, random.nextBoolean() ? Label.FACE : Label.PLATE, points),
              random.nextBoolean() ? Decision.REDACT : new Decision.Keep("\u202e\u0000 ü " + id)));
    }
    return new Manifest(
        Tool.current(),
        Manifests.input(frames),
        List.of(),
        List.of(Label.FACE),
        List.of(0L),
        List.of(),
        tracks);
  }
}
