package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.manifest.FrameRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCountsTest {

  @Test
  void aRunIsOneRange() {
    FrameCounts counts = new FrameCounts();
    for (long frame : new long[] {0, 1, 2, 7, 9, 10}) {
      counts.add(frame);
    }
    assertThat(counts.ranges())
        .containsExactly(new FrameRange(0, 2), new FrameRange(7, 7), new FrameRange(9, 10));
    assertThat(counts.count()).isEqualTo(6);
  }

  @Test
  void nothingAddedIsNoRange() {
    assertThat(new FrameCounts().ranges()).isEmpty();
    assertThat(new FrameCounts().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theRangesHoldWhatWasAdded(long seed) {
    Random random = new Random(seed);
    FrameCounts counts = new FrameCounts();
    List<Long> added = new ArrayList<>();
    for (long frame = 0; frame < 500; frame++) {
      if (random.nextInt(3) > 0) {
        counts.add(frame);
        added.add(frame);
      }
    }
    List<Long> held = new ArrayList<>();
    for (FrameRange range : counts.ranges()) {
      for (long frame = range.first(); frame <= range.last(); frame++) {
        held.add(frame);
      }
    }
    assertThat(held).isEqualTo(added);
    assertThat(counts.count()).isEqualTo(added.size());
  }
}
