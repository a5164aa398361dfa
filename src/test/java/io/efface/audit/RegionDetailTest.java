package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is finer than the cells of a large region. */
class RegionDetailTest {
  private static final int SIDE = 480;
  private static final double FILL = 90;
  private static final Box FACE = Box.around(240, 240, 240, 280);
  private static final Region REGION =
      new Region(1, new Style.Blur(), Region.Shape.ELLIPSE, Box.around(240, 240, 408, 476));
  private static final Tone QUIET = new Tone(0.3, 0.3, 0, 1, 40, 0.99);
  private static final String FOLLOWS = "track 1 (face) follows the input's detail";
  private static final String OTHERWISE = "track 1 (face) is not filled as planned";
  private static final String UNEVEN = "track 1 (face) holds detail that no fill has";

  private enum Known {
    FILL_AND_INPUT,
    INPUT,
    NOTHING
  }

  /** Luma of a pixel. */
  private interface Luma {
    double at(int x, int y);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 3, 12})
  void aFillPassesWhateverTheNoise(double sigma) {
    Random noise = new Random(4);
    Tone tone = new Tone(sigma, sigma, 0, 1, 40, 0.9);
    for (Known known : Known.values()) {
      assertThat(found(known, (x, y) -> FILL + 0.5 * sigma * noise.nextGaussian(), tone)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 10})
  void aSketchOfTheFaceIsToldWhateverTheNoise(double beside) {
    Tone tone = new Tone(beside, beside, 0, 1, 40, 0.9);
    Random noise = new Random(5);
    Luma sketch = (x, y) -> FILL + fine(x, y) + noise.nextGaussian();
    assertThat(found(Known.FILL_AND_INPUT, sketch, tone)).containsExactly(FOLLOWS);
    assertThat(found(Known.INPUT, sketch, tone)).containsExactly(FOLLOWS);
  }

  @Test
  void aFaceOnACarrierOfOnePixelIsTold() {
    Luma carried = (x, y) -> FILL + ((x + y) % 2 == 0 ? 1 : -1) * (face(x, y) - 128);
    assertThat(found(Known.FILL_AND_INPUT, carried, QUIET)).containsExactly(OTHERWISE);
    assertThat(found(Known.INPUT, carried, QUIET)).containsExactly(UNEVEN);
    assertThat(found(Known.NOTHING, carried, QUIET)).containsExactly(UNEVEN);
  }

  @Test
  void aSmallPartAtFullContrastIsNotAsPlanned() {
    Luma eye = (x, y) -> FILL + (Math.hypot(x - 200, (y - 200) * 2) < 9 ? 110 : 0);
    assertThat(found(Known.FILL_AND_INPUT, eye, QUIET)).containsExactly(OTHERWISE);
  }

  @Test
  void anOverlayIsToldThoughThereIsNoiseBeside() {
    Random noise = new Random(6);
    Tone tone = new Tone(8, 8, 0, 1, 40, 0.9);
    Luma overlay = (x, y) -> FILL + 0.4 * coarse(x, y) + 2 * noise.nextGaussian();
    assertThat(found(Known.FILL_AND_INPUT, overlay, tone)).containsExactly(FOLLOWS);
  }

  private static List<String> found(Known known, Luma output, Tone tone) {
    Fill likely = Fill.likely();
    Fill certain =
        new Fill(
            RegionPlanner.DEFAULT_MARGIN,
            likely.cover(),
            likely.styles(),
            /* certain= */ true,
            OptionalLong.empty());
    Optional<Fill> fill =
        switch (known) {
          case FILL_AND_INPUT -> Optional.of(certain);
          case INPUT -> Optional.of(likely);
          case NOTHING -> Optional.empty();
        };
    RegionAudit audit = new RegionAudit(fill);
    VideoFrame finished = picture(output);
    audit.begin(
        List.of(new RegionAudit.Planned("track 1 (face)", FACE, REGION)),
        finished,
        known == Known.NOTHING ? finished : picture(RegionDetailTest::face));
    if (known != Known.NOTHING) {
      audit.planned(picture((x, y) -> FILL));
    }
    audit.judge(0, 0, tone);
    return audit.finish().stream().map(Finding::sentence).toList();
  }

  private static double face(int x, int y) {
    return 128 + coarse(x, y) + fine(x, y);
  }

  private static double coarse(int x, int y) {
    return 45 * Math.sin(0.05 * x) * Math.cos(0.04 * y);
  }

  private static double fine(int x, int y) {
    return 6 * Math.sin(1.3 * x + 0.9 * y) * Math.cos(0.02 * x * y);
  }

  private static VideoFrame picture(Luma code) {
    PixelLayout layout = new PixelLayout(PixelLayout.ColourModel.GREY, 0, 0, 8, true);
    VideoFrame frame = VideoFrame.allocate(layout, SIDE, SIDE);
    Plane luma = frame.planes().get(0);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double value = Math.max(0, Math.min(255, code.at(x, y)));
        luma.data().put(y * luma.stride() + x, (byte) Math.round(value));
      }
    }
    return frame;
  }
}
