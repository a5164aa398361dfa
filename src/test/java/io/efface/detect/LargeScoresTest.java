package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LargeScoresTest {
  private static final LargeScores.Need NEED = new LargeScores.Need(0.2, 0.5, 0.6);

  @ParameterizedTest
  @CsvSource({
    // Small: as it is.
    "0.1, 8, 0.1",
    "0.5, 8, 0.5",
    "0.55, 24, 0.55",
    "1, 24, 1",
    // Large: 0.6 is what 0.5 is elsewhere, and the ends stay.
    "0.1, 80, 0.1",
    "0.2, 80, 0.2",
    "0.4, 80, 0.35",
    "0.6, 80, 0.5",
    "0.8, 80, 0.75",
    "1, 80, 1",
    "0.6, 900, 0.5",
    // Half way between 24 and 80, as sizes go.
    "0.55, 43.818, 0.5",
  })
  void scoresAreDrawnAlong(double score, double height, double expected) {
    assertThat(NEED.adjusted(score, height)).isCloseTo(expected, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 30, 50, 80, 200})
  void whatIsSurerStaysSurer(double height) {
    double before = -1;
    for (int i = 0; i <= 1000; i++) {
      double adjusted = NEED.adjusted(i / 1000.0, height);
      assertThat(adjusted).isGreaterThan(before).isBetween(0.0, i / 1000.0);
      before = adjusted;
    }
  }

  @Test
  void heightsAreThoseOfTheInput() {
    VideoFrame frame =
        VideoFrame.allocate(
            new PixelLayout(PixelLayout.ColourModel.GREY, 0, 0, 8, true), 1280, 720);
    Box box = Box.ofSize(10, 10, 80, 80);
    List<Detection> found =
        List.of(new Detection(Label.FACE, box, 0.6), new Detection(Label.PLATE, box, 0.6));
    Map<Label, LargeScores.Need> needs = Map.of(Label.FACE, NEED);
    assertThat(new LargeScores(new Fixed(found), 1280, needs).detect(frame))
        .containsExactly(new Detection(Label.FACE, box, 0.5), found.get(1));
    assertThat(new LargeScores(new Fixed(found), 1920, needs).detect(frame).get(0).score())
        .isEqualTo(0.5);
    assertThat(new LargeScores(new Fixed(found), 384, needs).detect(frame)).isEqualTo(found);
  }

  @Test
  void scoresOutOfOrderAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LargeScores.Need(0.5, 0.2, 0.6));
    assertThatIllegalArgumentException().isThrownBy(() -> new LargeScores.Need(0.2, 0.5, 0.4));
    assertThatIllegalArgumentException().isThrownBy(() -> new LargeScores.Need(0.2, 0.5, 1));
  }

  /** Always finds the same. */
  private record Fixed(List<Detection> detect) implements Detector {
    @Override
    public List<Detection> detect(VideoFrame frame) {
      return detect;
    }

    @Override
    public void close() {}
  }
}
