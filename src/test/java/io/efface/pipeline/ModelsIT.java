package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.media.VideoFrame;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A job's networks, which must not keep whoever stops it waiting. */
class ModelsIT {
  private static final VideoFrame FRAME = Frames.at(0, 0);

  @Test
  void aStopEndsACarefulLookAtItsNextStep() {
    Cancellation cancellation = new Cancellation();
    try (Models models =
        Models.open(Jobs.detection(128), OptionalDouble.empty(), 1, cancellation)) {
      models.detector().scrutinise(FRAME);
      long steps = cancellation.steps();
      assertThat(steps).isGreaterThan(4);
      cancellation.cancel();
      assertThatThrownBy(() -> models.detector().scrutinise(FRAME))
          .isInstanceOf(CancellationException.class);
      assertThat(cancellation.steps()).isEqualTo(steps + 1);
    }
  }
}
