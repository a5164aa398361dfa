package io.efface.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.report.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsCodecTest {
  @TempDir Path folder;

  @Test
  void readsEveryMember() throws IOException {
    Edits edits = read(resource("/io/efface/manifest/edits.json"));
    assertThat(edits.manifest()).contains(Manifests.SHA256);
    assertThat(edits.tracks())
        .containsExactly(
            new Edits.OnTrack(1, new Decision.Keep("she agreed")),
            new Edits.OnTrack(2, new Decision.Drop("a clock")),
            new Edits.OnTrack(3, Decision.REDACT));
    assertThat(edits.boxes())
        .extracting(Edits.Drawn::label)
        .containsExactly(Label.FACE, Label.FACE, Label.PLATE);
    assertThat(edits.boxes().get(0).keys())
        .containsExactly(
            new Edits.Key(new Moment.Frame(2), Box.ofSize(100, 50, 40, 48.5)),
            new Edits.Key(new Moment.Frame(4), Box.ofSize(100, 50, 40, 48.5)));
    assertThat(edits.boxes().get(2).keys())
        .extracting(Edits.Key::at)
        .containsExactly(new Moment.Frame(0), new Moment.Frame(4), new Moment.Seconds(0.36));
    assertThat(edits.zones())
        .extracting(Edits.Area::fate)
        .containsExactly(Edits.Fate.REDACT, Edits.Fate.REDACT, Edits.Fate.KEEP);
    assertThat(edits.zones().get(0).span()).isEmpty();
    assertThat(edits.zones().get(1).span())
        .contains(new Edits.Span(new Moment.Seconds(0), new Moment.Seconds(0.12)));
    assertThat(edits.zones().get(2).reason()).isEqualTo(Optional.of("a poster"));
  }

  @Test
  void theExampleFollowsTheSchemaAndUsesAllOfIt() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(resource("/schema/edits-1.json"));
    JsonNode example = new ObjectMapper().readTree(resource("/io/efface/manifest/edits.json"));
    assertThat(SchemaCheck.problems(schema, example)).isEmpty();
    schema
        .findParents("properties")
        .forEach(
            object ->
                object
                    .get("properties")
                    .fieldNames()
                    .forEachRemaining(
                        name -> assertThat(example.findValue(name)).as(name).isNotNull()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "efface-edits | efface-manifest | is not an edits file of Efface",
        "\"version\": 1 | \"version\": 2 | version",
        "\"manifest\" | \"manifests\" | unknown field 'manifests'",
        "0123456789abcdef\" | 0123456789abcde\" | a SHA-256 is 64 lower-case",
        "\"track\": 3 | \"track\": 1 | track 1 is decided on twice",
        "\"track\": 3 | \"track\": 0 | /tracks/2/track: the number is not within",
        "\"keep\", \"reason\": \"she | \"hide\", \"reason\": \"she | unknown decision 'hide'",
        ", \"reason\": \"she agreed\" | '' | the field 'reason' is missing",
        "she agreed | ' ' | the reason to keep a track must be text",
        "\"face\", \"box\": [100 | \"cat\", \"box\": [100 | unknown class 'cat'",
        "[100, 50, 40, 48.5] | [100, 50, 40, 0] | a box needs a width and a height above 0",
        "[100, 50, 40, 48.5] | [100, 50, 40] | the array is too short",
        "[100, 50, 40, 48.5] | [100, 50, 1e9, 9] | the number is not within",
        ", \"frames\": [2, 4] | '' | give 'box' with 'frames' or 'seconds'",
        "\"frames\": [2, 4] | \"frames\": [4, 2] | frames 4 to 2 are no range",
        "\"seconds\": [0.1, 0.25] | \"seconds\": [0.25, 0.1] | the span ends before it begins",
        "\"frames\": [2, 4] | \"frames\": [2, 4], \"seconds\": [0, 1] | not both",
        "\"frame\": 4, | '' | a key has a 'frame' or 'seconds'",
        ", [120, 90], [0, 120]] | ] | a polygon has 3 to 100 corners, not 2",
        "[120, 90], [0, 120] | [0, 120], [120, 90] | at /zones/0/polygon: the polygon's edges",
        "\"redact\", \"polygon\": [[0 | \"drop\", \"polygon\": [[0 | unknown decision 'drop'; known: redact, keep",
        ", \"reason\": \"a poster\" | '' | a zone that keeps what is in it needs a reason",
      })
  void refusesWhatIsWrongInOneLineThatSaysWhere(String find, String put, String message)
      throws IOException {
    String whole = resource("/io/efface/manifest/edits.json");
    assertThat(whole).contains(find);
    String broken = whole.replaceFirst(Pattern.quote(find), Matcher.quoteReplacement(put));
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(folder.resolve("edits.json") + ": line ")
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void refusesEditsThatSayNothing() {
    assertThatThrownBy(() -> read("{\"format\":\"efface-edits\",\"version\":1,\"zones\":[]}"))
        .hasMessageContaining("there is nothing in 'tracks', 'boxes' or 'zones'");
  }

  @Test
  void aPathOfOneKeyIsNone() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"format\":\"efface-edits\",\"version\":1,\"boxes\":[{\"label\":\"face\","
                        + "\"path\":[{\"frame\":1,\"box\":[1,2,3,4]}]}]}"))
        .hasMessageContaining("a path has at least two keys");
  }

  private Edits read(String text) throws IOException {
    return EditsCodec.read(Files.writeString(folder.resolve("edits.json"), text));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(EditsCodecTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
