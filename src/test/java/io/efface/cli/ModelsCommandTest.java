package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.detect.Label;
import io.efface.detect.ModelSource;
import io.efface.models.Catalogue;
import io.efface.models.CatalogueModel;
import io.efface.models.Downloader;
import io.efface.models.ModelStore;
import io.efface.testing.Publisher;
import io.efface.testing.TinyModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ModelsCommandTest {
  /** One box, wherever one looks. */
  private static final byte[] NET =
      new TinyModel()
          .input("images", 1, 3, 32, 32)
          .floats("rows", new long[] {1, 6}, 1, 2, 3, 4, 0.9f, 0)
          .node("Identity", "rows", "output")
          .output("output", -1, 6)
          .bytes();

  @TempDir Path folder;
  private Publisher publisher;
  private ModelStore store;
  private String sha256;

  @BeforeEach
  void publish() throws IOException {
    publisher = Publisher.start(Publisher.file(NET));
    sha256 = ModelSource.ofFile(Files.write(folder.resolve("copy.onnx"), NET)).sha256();
    store =
        new ModelStore(
            folder.resolve("models"),
            new Catalogue(List.of(model("free", true), model("strict", false))));
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void aModelIsFetchedListedShownAndVerified() throws IOException {
    assertThat(run("models", "list").out())
        .contains("efface-n               shipped      face, plate")
        .contains("free                   not-fetched  plate        MIT");
    Run fetched = run("models", "fetch", "free");
    assertThat(fetched.exit()).isZero();
    assertThat(fetched.out()).isEqualTo("free: fetched; use it with --model free\n");
    assertThat(fetched.err()).startsWith("free: licence: MIT\n").contains("free: 0.0 of 0.0 MB\n");
    assertThat(run("models", "list").out()).contains("free                   fetched      plate");
    assertThat(run("models", "show", "free").out())
        .contains(
            "family       yolo end to end\n", "input        32x32\n", "SHA-256      " + sha256)
        .contains("plate scores 0.4 to start, 0.25 to continue\n");
    assertThat(run("models", "verify", "free"))
        .isEqualTo(new Run(0, "free: as published (SHA-256 " + sha256 + ")\n", ""));
    assertThat(run("models", "fetch", "free").exit()).isZero();
    assertThat(publisher.ranges()).hasSize(1);
  }

  @Test
  void aLicenceAgainstCommercialUseMustBeAccepted() {
    Run refused = run("models", "fetch", "strict");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("forbids commercial use (research only)", "--accept-licence");
    assertThat(publisher.ranges()).isEmpty();
    Run accepted = run("models", "fetch", "strict", "--accept-licence");
    assertThat(accepted.exit()).isZero();
    assertThat(accepted.err()).startsWith("strict: licence: research only\n");
  }

  @Test
  void nothingButFetchGoesToTheNetwork() {
    run("models", "list");
    run("models", "show", "free");
    run("models", "verify");
    assertThat(run("models", "verify", "free").exit()).isEqualTo(3);
    assertThat(publisher.ranges()).isEmpty();
  }

  @Test
  void verifyTellsWhatIsDamagedAndWhatIsNotKnown() throws IOException {
    Files.createDirectories(store.folder());
    Files.writeString(store.folder().resolve("free.onnx"), "damaged");
    Run all = run("models", "verify");
    assertThat(all.exit()).isEqualTo(3);
    assertThat(all.out()).contains("efface-n: as shipped (SHA-256 ");
    assertThat(all.err()).contains("free: not what was published: fetch it again with: efface");
    Path copy = folder.resolve("copy.onnx");
    assertThat(run("models", "verify", copy).out()).startsWith(copy + ": as published: free");
    Path other = Files.writeString(folder.resolve("other.onnx"), "x");
    Run unknown = run("models", "verify", other, "nowhere.onnx", copy);
    assertThat(unknown.exit()).isEqualTo(3);
    assertThat(unknown.err().lines()).hasSize(2);
    assertThat(unknown.err()).contains("no file that Efface knows", "nowhere.onnx' not found");
    assertThat(unknown.out()).contains("as published: free");
  }

  @Test
  void jsonGivesOneObjectAModel() throws IOException {
    List<String> lines = run("models", "list", "--json").out().lines().toList();
    assertThat(lines).hasSize(ModelSource.bundled().size() + 3);
    JsonNode free = new ObjectMapper().readTree(lines.get(lines.size() - 2));
    assertThat(free.get("name").asText()).isEqualTo("free");
    assertThat(free.get("state").asText()).isEqualTo("not-fetched");
    assertThat(free.get("finds").get(0).asText()).isEqualTo("plate");
    JsonNode shown = new ObjectMapper().readTree(run("models", "show", "efface-n", "--json").out());
    assertThat(shown.get("family").asText()).isEqualTo("efface");
    assertThat(shown.get("scores").get("face").get("start").asDouble()).isPositive();
    JsonNode verified =
        new ObjectMapper().readTree(run("models", "verify", "free", "--json").out());
    assertThat(verified.get("status").asText()).isEqualTo("failed");
  }

  @Test
  void theRefinerIsShownAsWhatItIs() throws IOException {
    String sha256 = ModelSource.refinerSha256();
    String role = "second stage of efface-n and efface-s, not for --model\n";
    assertThat(run("models", "list").out())
        .containsPattern("(?m)^efface-refiner +shipped +" + role);
    assertThat(run("models", "show", "efface-refiner").out())
        .contains("state        shipped\n", "role         " + role, "SHA-256      " + sha256)
        .doesNotContain("finds");
    String verified = "efface-refiner: as shipped (SHA-256 " + sha256 + ")\n";
    assertThat(run("models", "verify", "efface-refiner")).isEqualTo(new Run(0, verified, ""));
    assertThat(run("models", "verify").out()).contains(verified);
    JsonNode shown =
        new ObjectMapper().readTree(run("models", "show", "efface-refiner", "--json").out());
    assertThat(shown.at("/secondStageOf/0").asText()).isEqualTo("efface-n");
    assertThat(run("models", "fetch", "efface-refiner").err()).contains("comes with the program");
  }

  @Test
  void aFolderThatTakesNoModelsIsNamed() throws IOException {
    Files.writeString(store.folder(), "a file in place of a folder");
    Run run = run("models", "fetch", "free");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines().skip(1))
        .containsExactly(
            "efface: "
                + store.folder()
                + ": models cannot be kept in this folder; see that it can be made and written to,"
                + " or name another one in the environment variable EFFACE_MODELS");
    assertThat(publisher.ranges()).isEmpty();
  }

  @Test
  void librariesThatDoNotLoadAreNoFaultOfTheProgram() {
    Writer broken =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            throw new UnsatisfiedLinkError("no room");
          }
        };
    Run run = run(broken, "models", "list");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("efface: the libraries that come with the program cannot be unpacked")
        .hasLineCount(1);
  }

  @Test
  void whatCannotBeFetchedIsOneLine() {
    Run unknown = run("models", "fetch", "nothing");
    assertThat(unknown.exit()).isEqualTo(3);
    assertThat(unknown.err())
        .isEqualTo("efface: model 'nothing' is not known here; known: free, strict\n");
    assertThat(run("models", "fetch", ModelSource.DEFAULT).err())
        .contains("comes with the program");
    publisher.close();
    Run away = run("models", "fetch", "free");
    assertThat(away.exit()).isEqualTo(3);
    assertThat(away.err()).contains("efface: model 'free': http://127.0.0.1", "no connection");
    assertThat(run("models").exit()).isEqualTo(2);
  }

  private CatalogueModel model(String name, boolean commercialUse) {
    return new CatalogueModel(
        name,
        "a test",
        publisher.address("/model.onnx"),
        sha256,
        NET.length,
        commercialUse ? "MIT" : "research only",
        commercialUse,
        Label.PLATE);
  }

  private Run run(Object... args) {
    return run(new StringWriter(), args);
  }

  private Run run(Writer out, Object... args) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        RootCommand.commandLine(
            new Surroundings(
                new FakeRunner(),
                writer -> new LineProgress(writer, () -> 0),
                store,
                new Downloader(Duration.ofSeconds(5)),
                InputStream.nullInputStream(),
                (limits, view, outputs) -> {
                  throw new IllegalStateException("models are no jobs");
                },
                new Interruption()));
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int exit = commandLine.execute(Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
    return new Run(exit, out.toString(), err.toString());
  }
}
