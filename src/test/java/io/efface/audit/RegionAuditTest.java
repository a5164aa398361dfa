package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import io.efface.redact.Style;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionAuditTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 128;
  private static final Box FACE = Box.around(80, 64, 48, 60);
  private static final Region REGION =
      new Region(1, new Style.Blur(), Region.Shape.ELLIPSE, Box.around(80, 64, 82, 102));
  private static final String FOLLOWS = "track 1 (face) follows the input's detail";

  /** Luma of a pixel. */
  private interface Luma {
    double at(int x, int y);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 25, -25, 50})
  void aCopyIsToldHoweverBrightItIs(int codes) {
    Tone tone = new Tone(Math.abs(codes), 0.3, codes, 1, 40, 0.99);
    assertThat(found((x, y) -> face(x, y) + codes, tone)).containsExactly(FOLLOWS);
  }

  @Test
  void aCopyOfLessContrastIsTold() {
    Tone tone = new Tone(11, 0.3, 4, 0.4, 20, 0.99);
    assertThat(found((x, y) -> 128 + 0.4 * (face(x, y) - 128), tone)).containsExactly(FOLLOWS);
  }

  @Test
  void aCopyIsToldUnderHeavyNoise() {
    Random noise = new Random(3);
    Tone tone = new Tone(25, 25, 0, 1, 40, 0.8);
    assertThat(found((x, y) -> face(x, y) + 10 * noise.nextGaussian(), tone))
        .containsExactly(FOLLOWS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 3, 12, 25})
  void aFillPassesWhateverTheNoise(double sigma) {
    Random noise = new Random(4);
    Tone tone = new Tone(sigma, sigma, 0, 1, 40, 0.9);
    assertThat(found((x, y) -> 90 + sigma * noise.nextGaussian(), tone)).isEmpty();
  }

  /** What is found in an output of a film with a face, of which only the likely fill is known. */
  private static List<String> found(Luma output, Tone tone) {
    RegionAudit audit = new RegionAudit(Optional.of(Fill.likely()));
    audit.begin(
        List.of(new RegionAudit.Planned("track 1 (face)", FACE, REGION)),
        picture(output),
        picture(RegionAuditTest::face));
    audit.planned(picture((x, y) -> 90));
    audit.judge(0, 0, tone);
    return audit.finish().stream().map(Finding::sentence).toList();
  }

  private static double face(int x, int y) {
    double coarse = Math.sin(0.19 * x) * Math.cos(0.12 * y);
    return 128 + 45 * coarse + 31 * Math.sin(0.52 * x + 0.32 * y);
  }

  private static VideoFrame picture(Luma code) {
    PixelLayout layout = new PixelLayout(PixelLayout.ColourModel.GREY, 0, 0, 8, true);
    VideoFrame frame = VideoFrame.allocate(layout, WIDTH, HEIGHT);
    Plane luma = frame.planes().get(0);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double value = Math.max(0, Math.min(255, code.at(x, y)));
        luma.data().put(y * luma.stride() + x, (byte) Math.round(value));
      }
    }
    return frame;
  }
}
