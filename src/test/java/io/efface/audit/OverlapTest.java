package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import io.efface.redact.Cover;
import io.efface.redact.Pictures;
import io.efface.redact.Redactor;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regions over one another, whose very fill is not known. */
class OverlapTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final Box FACE = Box.around(130, 110, 100, 130);
  private static final Box PLATE = Box.around(190, 150, 110, 60);

  @ParameterizedTest
  @CsvSource({
    "blur, solid:#ffffff",
    "solid:#ffffff, blur",
    "solid:#ffffff, solid",
    "mosaic:6, mosaic:6",
    "mosaic:6, mosaic:3",
    "mosaic:3, blur",
    "blur, blur",
  })
  void honestFillsPass(String face, String plate) {
    List<RegionAudit.Planned> planned = planned(Style.ofWords(face), Style.ofWords(plate));
    VideoFrame output = redacted(planned);
    assertThat(found(Optional.empty(), planned, output)).isEmpty();
    assertThat(found(Optional.of(fill(planned)), planned, output)).isEmpty();
  }

  @Test
  void whatShowsWhereRegionsOverlapIsJudgedToo() {
    List<RegionAudit.Planned> planned = planned(new Style.Blur(), new Style.Solid(0, 0, 0));
    VideoFrame output = redacted(planned);
    VideoFrame input = input();
    // Of the face, but in the plate's margin.
    Box eyes = new Box(137, 118, 172, 140);
    for (int y = (int) eyes.top(); y < eyes.bottom(); y++) {
      for (int x = (int) eyes.left(); x < eyes.right(); x++) {
        Pictures.set(output, 0, x, y, Pictures.get(input, 0, x, y));
      }
    }
    assertThat(found(Optional.empty(), planned, output))
        .contains("track 1 (face) holds detail that no fill has");
  }

  @Test
  void whatIsOutOfSightIsNotTooSmall() {
    Polygon corner = new Polygon(List.of(new Point(0, 0), new Point(300, 0), new Point(0, 200)));
    Region zone =
        new Region(
            -1,
            new Style.Blur(),
            Region.Shape.POLYGON,
            corner.bounds().grow(8, 8),
            Optional.of(corner));
    Box beyond = Box.around(-200, 50, 60, 60);
    Region outside = new Region(1, new Style.Blur(), Region.Shape.ELLIPSE, beyond.grow(30, 30));
    RegionAudit audit = new RegionAudit(Optional.empty());
    VideoFrame frame = input();
    audit.begin(
        List.of(
            new RegionAudit.Planned("zone 1", new Box(0, 0, 150, 100), zone),
            new RegionAudit.Planned("zone 1", new Box(160, 110, 300, 200), zone),
            new RegionAudit.Planned("track 1 (face)", beyond, outside),
            new RegionAudit.Planned(
                "track 2 (face)",
                Box.around(250, 200, 3, 3),
                new Region(
                    2, new Style.Blur(), Region.Shape.ELLIPSE, Box.around(250, 200, 21, 21)))),
        frame,
        frame);
    assertThat(audit.judged()).isEqualTo(1);
    assertThat(audit.unjudged()).isEqualTo(1);
  }

  private static List<RegionAudit.Planned> planned(Style face, Style plate) {
    return List.of(
        new RegionAudit.Planned(
            "track 1 (face)", FACE, new Region(1, face, Region.Shape.ELLIPSE, FACE.grow(35, 45))),
        new RegionAudit.Planned(
            "track 2 (plate)",
            PLATE,
            new Region(2, plate, Region.Shape.RECTANGLE, PLATE.grow(38, 21))));
  }

  private static VideoFrame redacted(List<RegionAudit.Planned> planned) {
    VideoFrame output = input();
    try (Redactor redactor = new Redactor(Redactor.GRAIN_SEED, 7)) {
      redactor.redact(output, planned.stream().map(RegionAudit.Planned::region).toList());
    }
    return output;
  }

  private static Fill fill(List<RegionAudit.Planned> planned) {
    return new Fill(
        RegionPlanner.DEFAULT_MARGIN,
        Cover.FACE,
        Map.of(
            Label.FACE,
            planned.get(0).region().style(),
            Label.PLATE,
            planned.get(1).region().style()),
        /* certain= */ true,
        OptionalLong.empty());
  }

  /** What is found, with the input where the fill is said. */
  private static List<String> found(
      Optional<Fill> fill, List<RegionAudit.Planned> planned, VideoFrame output) {
    RegionAudit audit = new RegionAudit(fill);
    VideoFrame other = fill.isPresent() ? input() : output;
    audit.begin(planned, output, other);
    if (fill.isPresent()) {
      try (Refill refill = new Refill(0)) {
        refill.fill(
            other, planned.stream().map(RegionAudit.Planned::region).toList(), /* whole= */ false);
      }
      audit.planned(other);
    }
    audit.judge(0, 0, Tone.UNKNOWN);
    return audit.finish().stream().map(Finding::sentence).toList();
  }

  /** Light and dark places, with detail all over. */
  private static VideoFrame input() {
    PixelLayout layout = new PixelLayout(PixelLayout.ColourModel.GREY, 0, 0, 8, true);
    VideoFrame frame = VideoFrame.allocate(layout, WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double coarse = 75 * Math.sin(0.05 * x) * Math.cos(0.16 * y);
        double fine = 15 * Math.sin(0.31 * x + 0.001 * x * y) * Math.cos(0.27 * y);
        Pictures.set(frame, 0, x, y, (int) (125 + coarse + fine));
      }
    }
    return frame;
  }
}
