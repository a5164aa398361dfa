package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.manifest.Manifest;
import io.efface.manifest.Manifests;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ApplyJobTest {
  private static final Manifest THOROUGH =
      Manifests.small().withMargin(OptionalDouble.of(RecallPreset.THOROUGH.margin()));

  @Test
  void theManifestTellsTheMarginWhereNobodyElseDoes() {
    assertThat(job(true).forManifest(THOROUGH).render().margin()).isEqualTo(0.4);
    assertThat(job(true).forManifest(Manifests.small()).render().margin())
        .isEqualTo(RenderOptions.DEFAULT_MARGIN);
    assertThat(job(false).forManifest(THOROUGH).render().margin())
        .isEqualTo(RenderOptions.DEFAULT_MARGIN);
  }

  private static ApplyJob job(boolean usualMargin) {
    return new ApplyJob(
        Path.of("m.json"),
        Path.of("in.mp4"),
        /* anyInput= */ false,
        Path.of("out.mp4"),
        RenderOptions.defaults(),
        /* overwrite= */ false,
        Optional.empty(),
        Editing.NONE,
        usualMargin);
  }
}
