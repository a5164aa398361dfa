package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.manifest.ManifestCodec;
import io.efface.manifest.ModelIdentity;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RecallPreset;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.redact.Style;
import io.efface.report.Check;
import io.efface.testing.RealFootage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifest holds all that the two passes say to one another. */
class ReplayIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "fr_short_hamilton_clip.mp4, cut.mp4",
    "aiguys_license_plate.mp4, cut.mkv",
    "dutch_Video10_2.avi, cut.avi"
  })
  void detectAndApplyMakeTheSameBytesAsRedact(String clip, String cut) {
    Path input = folder.resolve(cut);
    FfmpegPrograms.make("-i", RealFootage.path("clips/" + clip), "-t", "2", "-c", "copy", input);
    RedactionPipeline pipeline = new RedactionPipeline();

    Path once = folder.resolve("once.mp4");
    Outcome.Redacted atOnce = pipeline.redact(Jobs.redaction(input, once, 640), Progress.NONE);
    assertThat(atOnce.objects().values().stream().mapToInt(n -> n).sum())
        .as("objects, without which this says nothing")
        .isPositive();

    Path manifest = folder.resolve("manifest.json");
    Outcome.Detected found = pipeline.detect(detect(input, manifest), Progress.NONE);
    assertThat(found.objects()).isEqualTo(atOnce.objects());
    assertThat(found.frames()).isEqualTo(atOnce.frames());
    Path replayed = folder.resolve("replayed.mp4");
    apply(pipeline, manifest, input, replayed);
    assertThat(replayed).hasSameBinaryContentAs(once);

    Path again = folder.resolve("again.json");
    new RedactionPipeline().detect(detect(input, again), Progress.NONE);
    assertThat(again).hasSameBinaryContentAs(manifest);
  }

  @ParameterizedTest
  @CsvSource({
    "BALANCED, efface-n efface-refiner",
    "PARANOID, efface-n efface-s efface-refiner",
  })
  void aPhotoIsReplayedAndVerifiedWithTheNetworksThatLookedAtIt(
      RecallPreset recall, String networks) {
    DetectionOptions options =
        new DetectionOptions(
            DetectionOptions.DEFAULT_MODEL,
            640,
            Set.of(Label.values()),
            OptionalDouble.empty(),
            recall);
    Path input = RealFootage.path("dev/wider_val/0098.webp");
    Path manifest = folder.resolve("manifest.json");
    RedactionPipeline pipeline = new RedactionPipeline();
    pipeline.detect(
        new DetectJob(input, options, false, Optional.of(manifest), Optional.empty(), false),
        Progress.NONE);
    List<ModelIdentity> models = ManifestCodec.read(manifest).models();
    assertThat(models).extracting(ModelIdentity::name).containsExactly(networks.split(" ", -1));

    Path once = folder.resolve("once.png");
    pipeline.redact(
        new RedactionJob(
            input, once, options, Jobs.render(new Style.Blur()), false, Optional.empty()),
        Progress.NONE);
    Path replayed = folder.resolve("replayed.png");
    apply(pipeline, manifest, input, replayed);
    assertThat(replayed).hasSameBinaryContentAs(once);

    Outcome.Verified verified =
        pipeline.verify(Jobs.verification(replayed, manifest, Optional.of(input)), Progress.NONE);
    assertThat(verified.checks())
        .filteredOn(check -> check.name().equals(Check.RESIDUE))
        .singleElement()
        .matches(Check::ran);
  }

  private static void apply(RedactionPipeline pipeline, Path manifest, Path input, Path output) {
    pipeline.apply(
        new ApplyJob(
            manifest, input, false, output, Jobs.render(new Style.Blur()), false, Optional.empty()),
        Progress.NONE);
  }

  private static DetectJob detect(Path input, Path manifest) {
    return new DetectJob(
        input, Jobs.detection(640), false, Optional.of(manifest), Optional.empty(), false);
  }
}
