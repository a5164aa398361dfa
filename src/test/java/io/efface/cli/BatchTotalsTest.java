package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.batch.Ending;
import io.efface.batch.Failure;
import io.efface.batch.Item;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchTotalsTest {
  @Test
  void allFailuresAreCountedAndTheLastOnesListed() {
    BatchTotals totals = new BatchTotals();
    for (int i = 1; i <= 10_005; i++) {
      Path input = Path.of(i + ".mp4");
      totals.ended(
          item(i, input),
          new Ending.Failed(
              new Failure(Failure.Kind.FAILED, input + ": is odd", new IllegalStateException())));
    }
    assertThat(totals.words()).isEqualTo("0 done, 10005 failed");
    assertThat(totals.ended()).isEqualTo(10_005);
    assertThat(totals.failures()).hasSize(10_000);
    List<String> table = totals.table();
    assertThat(table).hasSize(10_001);
    assertThat(table.get(0)).isEqualTo("  5 earlier failures are not listed here");
    assertThat(table.get(1)).isEqualTo("  failed  6.mp4  is odd");
  }

  private static Item item(int number, Path input) {
    return new Item(
        number,
        input.toString(),
        new RedactionJob(
            input,
            Path.of("out").resolve(input),
            DetectionOptions.defaults(),
            RenderOptions.defaults(),
            /* overwrite= */ false,
            Optional.empty()));
  }
}
