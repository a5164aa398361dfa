package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.manifest.Decision;
import io.efface.manifest.Manifest;
import io.efface.manifest.Manifests;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemarksTest {
  private static final Set<Label> ALL = EnumSet.allOf(Label.class);

  private final Remarks remarks = new Remarks(Path.of("a.mp4"));

  @Test
  void whatWasLeftVisibleIsNotCalledNothing() {
    List<Manifest.Entry> kept =
        Manifests.small().tracks().stream()
            .map(entry -> new Manifest.Entry(entry.track(), new Decision.Keep("asked")))
            .toList();
    remarks.onFindings(with(kept), ALL);
    remarks.onFindings(with(kept.subList(0, 1)), ALL);
    remarks.onFindings(with(List.of()), ALL);
    remarks.onFindings(Manifests.small(), ALL);
    assertThat(remarks.lines())
        .containsExactly(
            "a.mp4: all 2 objects found were left visible, as the edits say; look at the output"
                + " before you share it",
            "a.mp4: the only object found was left visible, as the edits say; look at the output"
                + " before you share it",
            "a.mp4: nothing was found to redact; look at the output before you share it");
  }

  @Test
  void whatADetectionDidNotFindIsTold() {
    remarks.onDetections(true, ALL, ALL);
    remarks.onDetections(false, ALL, Set.of(Label.FACE));
    remarks.onDetections(true, Set.of(Label.FACE), Set.of(Label.FACE));
    assertThat(remarks.texts())
        .containsExactly(
            "the model does not look for plates, so none were found",
            "nothing was found; look at it yourself before you share it");
  }

  @Test
  void oneIsNotSeveral() {
    remarks.onBlanked(0);
    remarks.onBlanked(1);
    remarks.onBlanked(2);
    remarks.onRefused(0);
    remarks.onRefused(1);
    remarks.onRefused(2);
    assertThat(remarks.texts())
        .containsExactly(
            "1 damaged frame was filled whole; look at it",
            "2 damaged frames were filled whole; look at them",
            "1 damaged piece gave no picture and is missing",
            "2 damaged pieces gave no picture and are missing");
  }

  private static Manifest with(List<Manifest.Entry> tracks) {
    Manifest small = Manifests.small();
    return new Manifest(
        small.tool(),
        small.input(),
        small.models(),
        small.classes(),
        small.shots(),
        small.corrupt(),
        tracks);
  }
}
