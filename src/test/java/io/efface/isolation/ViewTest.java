package io.efface.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.models.Catalogue;
import io.efface.models.ModelStore;
import io.efface.pipeline.OtherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewTest {
  @TempDir Path given;
  private Path folder = Path.of("");

  @BeforeEach
  void make() throws IOException {
    folder = given.toRealPath();
    Files.createDirectories(folder.resolve("in/sub"));
    Files.createDirectories(folder.resolve("store/deep"));
    Files.writeString(folder.resolve("in/a.mp4"), "film");
    Files.writeString(folder.resolve("store/model.onnx"), "network");
  }

  @Test
  void whatIsNamedWithDotsOrThroughLinksIsShownWhereAChildLooksForIt() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("store/deep"));
    Path dots = folder.resolve("in/sub/../a.mp4");
    // Up from where the link leads to, which is not where the link lies.
    Path model = link.resolve("../model.onnx");
    View view = view(List.of(dots, folder.resolve("in/sub/..")), model.toString());
    assertThat(view.readable())
        .contains(folder.resolve("in"), folder.resolve("store/model.onnx"))
        .doesNotContain(dots, model);
    assertThat(OtherProcess.named(dots)).isEqualTo(folder.resolve("in/a.mp4"));
    assertThat(OtherProcess.named(model)).isEqualTo(folder.resolve("store/model.onnx"));
    assertThat(OtherProcess.named(folder.resolve("in/sub/..")).resolve("a.mp4"))
        .isEqualTo(OtherProcess.named(dots));
    assertThat(OtherProcess.named(folder.resolve("in/sub/../gone.mp4")))
        .isEqualTo(folder.resolve("in/gone.mp4"));
  }

  @Test
  void ofManyFilesTheFoldersAreShownAndThoseThatLinksLeadTo() throws IOException {
    List<Path> inputs = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      inputs.add(Files.writeString(folder.resolve("in/" + i + ".mp4"), "film"));
    }
    Path meant = Files.writeString(folder.resolve("store/deep/film.mp4"), "film");
    inputs.add(Files.createSymbolicLink(folder.resolve("in/link.mp4"), meant));
    inputs.add(Files.createSymbolicLink(folder.resolve("in/lost.mp4"), folder.resolve("gone")));
    assertThat(view(inputs, "efface-n").readable())
        .contains(folder.resolve("in"), folder.resolve("store/deep"));
  }

  private View view(List<Path> inputs, String models) {
    return View.of(
        inputs, models, new ModelStore(folder.resolve("models"), Catalogue.published()), folder);
  }
}
