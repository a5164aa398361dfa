package io.efface.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.DetectionException;
import io.efface.detect.Label;
import io.efface.detect.ModelSource;
import io.efface.testing.TinyModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelStoreTest {
  @TempDir Path folder;

  @Test
  void aShippedNameGoesBeforeTheCatalogues() throws IOException {
    Path file = Files.write(folder.resolve(ModelSource.DEFAULT + ".onnx"), plates());
    ModelStore store = store(ModelSource.DEFAULT, ModelSource.ofFile(file).sha256());
    assertThat(store.source(ModelSource.DEFAULT).sha256())
        .isEqualTo(ModelSource.of(ModelSource.DEFAULT).sha256());
    assertThat(store.look(ModelSource.DEFAULT).state()).isEqualTo(KnownModel.State.SHIPPED);
  }

  @Test
  void aFetchedModelIsFoundByNameAndFindsWhatTheCatalogueSays() throws IOException {
    Path file = Files.write(folder.resolve("plates.onnx"), plates());
    ModelStore store = store("plates", ModelSource.ofFile(file).sha256());
    assertThat(store.source("plates").finds()).contains(Label.PLATE);
    KnownModel known = store.look("plates");
    assertThat(known.state()).isEqualTo(KnownModel.State.FETCHED);
    assertThat(known.file()).contains(file);
    assertThat(known.spec().orElseThrow().labels()).containsExactly(Label.PLATE);
  }

  @Test
  void aPublishedFileIsKnownWhateverItIsCalled() throws IOException {
    Path file = Files.write(folder.resolve("mine.onnx"), plates());
    ModelStore store = store("plates", ModelSource.ofFile(file).sha256());
    assertThat(store.source(file.toString()).finds()).contains(Label.PLATE);
    assertThat(store.source(file + ":face").finds()).contains(Label.FACE);
    KnownModel known = store.identify(file + ":face");
    assertThat(known.state()).isEqualTo(KnownModel.State.FILE);
    assertThat(known.file()).contains(file);
    assertThat(known.published().orElseThrow().name()).isEqualTo("plates");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plates:plate | not found: ':face' and ':plate' go with files only; plates finds plates, so"
            + " use --model plates",
        "plates:face | not found: ':face' and ':plate' go with files only; plates finds plates, so"
            + " use --model plates",
        "plats:face | not found: there is no file plats, and the names are efface-n, efface-s,"
            + " plates",
        "plats | not found: there is no file plats, and the names are efface-n, efface-s, plates",
        "'' | not found: a name is missing, and the names are efface-n, efface-s, plates",
        "efface-refiner | finds nothing by itself: it is the second stage of efface-n and efface-s;"
            + " use --model efface-n",
      })
  void aNameThatIsNoneIsToldWithTheRightOnes(String name, String message) {
    ModelStore store = store("plates", "0".repeat(64));
    assertThatThrownBy(() -> store.source(name))
        .isInstanceOf(DetectionException.class)
        .hasMessage("model '" + name + "' " + message);
  }

  @Test
  void aModelThatIsNotHereSaysHowToFetchIt() {
    ModelStore store = store("plates", "0".repeat(64));
    assertThatThrownBy(() -> store.source("plates"))
        .isInstanceOf(DetectionException.class)
        .hasMessageEndingWith("fetch it with: efface models fetch plates")
        .hasMessageNotContaining("\n");
    assertThat(store.look("plates").state()).isEqualTo(KnownModel.State.NOT_FETCHED);
  }

  @Test
  void aModelThatIsNotWhatWasPublishedIsNotLoaded() throws IOException {
    Path file = Files.write(folder.resolve("plates.onnx"), plates());
    ModelStore store = store("plates", "0".repeat(64));
    assertThatThrownBy(() -> store.source("plates"))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining(file + ": is not the file that was published");
    assertThat(store.look("plates").state()).isEqualTo(KnownModel.State.DAMAGED);
    assertThat(store.look("plates").spec()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, '', '', '', /home/u/.local/share/efface/models",
    "Linux, '', /data, '', /data/efface/models",
    "Linux, '', data, '', /home/u/.local/share/efface/models",
    "Linux, /own, /data, '', /own",
    "Mac OS X, '', '', '', /home/u/Library/Application Support/efface/models",
    "Windows 11, '', '', /local, /local/efface/models",
    "Windows 11, '', '', '', /home/u/AppData/Local/efface/models",
  })
  void fetchedModelsLieWhereTheSystemKeepsData(
      String system, String own, String xdg, String local, String expected) {
    Map<String, String> environment = new HashMap<>();
    environment.put("EFFACE_MODELS", own);
    environment.put("XDG_DATA_HOME", xdg);
    environment.put("LOCALAPPDATA", local);
    assertThat(UserFolder.of(environment, system, Path.of("/home/u"))).isEqualTo(Path.of(expected));
  }

  @Test
  void thePublishedCatalogueIsWellFormed() {
    Catalogue catalogue = Catalogue.published();
    assertThat(catalogue.models()).hasSize(4);
    assertThat(catalogue.models()).allMatch(m -> m.address().getScheme().equals("https"));
    assertThat(catalogue.find("scrfd-10g").orElseThrow().commercialUse()).isFalse();
    assertThat(catalogue.models()).noneMatch(m -> ModelSource.bundled().contains(m.name()));
  }

  private ModelStore store(String name, String sha256) {
    URI address = URI.create("https://example.org/" + name);
    return new ModelStore(
        folder,
        new Catalogue(
            List.of(
                new CatalogueModel(
                    name, "a test", address, sha256, 1000, "MIT", true, Label.PLATE))));
  }

  /** One box, wherever one looks; the file does not say of what. */
  private static byte[] plates() {
    return new TinyModel()
        .input("images", 1, 3, 32, 32)
        .floats("rows", new long[] {1, 7}, 0, 1, 2, 3, 4, 0, 0.9f)
        .node("Identity", "rows", "output")
        .output("output", -1, 7)
        .bytes();
  }
}
