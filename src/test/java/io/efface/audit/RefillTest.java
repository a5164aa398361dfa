package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fault of the redactor shows, though the audit fills the input by the same redactor. */
class RefillTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final Polygon PEN =
      new Polygon(
          List.of(
              new Point(190, 30), new Point(290, 40), new Point(280, 150), new Point(200, 140)));

  /** What a redactor does. */
  private enum Fault {
    NONE {
      @Override
      void redact(Redactor by, VideoFrame frame, List<Region> regions) {
        by.redact(frame, regions);
      }
    },
    SKIPS_A_REGION {
      @Override
      void redact(Redactor by, VideoFrame frame, List<Region> regions) {
        by.redact(frame, regions.subList(1, regions.size()));
      }
    },
    STOPS_HALF_WAY {
      @Override
      void redact(Redactor by, VideoFrame frame, List<Region> regions) {
        VideoFrame before = Pictures.copy(frame);
        by.redact(frame, regions);
        for (int p = 0; p < 3; p++) {
          restore(before, frame, p, frame.planes().get(p).height() * 3 / 8);
        }
      }
    },
    LEAVES_A_PLANE {
      @Override
      void redact(Redactor by, VideoFrame frame, List<Region> regions) {
        VideoFrame before = Pictures.copy(frame);
        by.redact(frame, regions);
        restore(before, frame, 2, 0);
      }
    },
    READS_WHAT_IS_INSIDE {
      @Override
      void redact(Redactor by, VideoFrame frame, List<Region> regions) {
        Region first = regions.get(0);
        int x = (int) first.box().centreX();
        int y = (int) first.box().centreY();
        int code = Pictures.get(frame, 0, x, y);
        by.redact(frame, regions);
        Style.Solid colour = new Style.Solid(code, code, code);
        by.redact(frame, List.of(new Region(9, colour, first.shape(), first.box())));
      }
    };

    abstract void redact(Redactor by, VideoFrame frame, List<Region> regions);

    private static void restore(VideoFrame from, VideoFrame to, int plane, int firstRow) {
      for (int y = firstRow; y < to.planes().get(plane).height(); y++) {
        for (int x = 0; x < to.planes().get(plane).width(); x++) {
          Pictures.set(to, plane, x, y, Pictures.get(from, plane, x, y));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, blur, false",
    "NONE, solid, false",
    "NONE, mosaic, false",
    "SKIPS_A_REGION, blur, true",
    "SKIPS_A_REGION, solid, true",
    "STOPS_HALF_WAY, blur, true",
    "STOPS_HALF_WAY, solid, true",
    "LEAVES_A_PLANE, blur, true",
    "LEAVES_A_PLANE, solid, true",
    "READS_WHAT_IS_INSIDE, blur, true",
  })
  void aFaultOfTheRedactorShows(Fault fault, String style, boolean told) {
    assertThat(!findings(fault, style(style)).isEmpty()).isEqualTo(told);
  }

  private static List<Finding> findings(Fault fault, Style style) {
    Region face = new Region(1, style, Region.Shape.ELLIPSE, Box.around(90, 80, 90, 110));
    Region zone =
        new Region(-1, style, Region.Shape.POLYGON, PEN.bounds().grow(8, 8), Optional.of(PEN));
    List<Region> regions = List.of(face, zone);
    VideoFrame input = input();
    VideoFrame output = Pictures.copy(input);
    try (Redactor redactor = new Redactor(Redactor.GRAIN_SEED, 7)) {
      fault.redact(redactor, output, regions);
    }
    Fill fill =
        new Fill(
            RegionPlanner.DEFAULT_MARGIN,
            Cover.FACE,
            Map.of(Label.FACE, style, Label.PLATE, style),
            /* certain= */ true,
            OptionalLong.of(7));
    RegionAudit audit = new RegionAudit(Optional.of(fill));
    audit.begin(
        List.of(
            new RegionAudit.Planned("track 1 (face)", Box.around(90, 80, 50, 60), face),
            new RegionAudit.Planned("zone 1", PEN.bounds(), zone)),
        output,
        input);
    try (Refill refill =
        new Refill(7) {
          @Override
          void redact(Redactor by, VideoFrame frame, List<Region> filled) {
            fault.redact(by, frame, filled);
          }
        }) {
      refill.fill(input, regions, /* whole= */ false);
    }
    audit.planned(input);
    audit.judge(0, 0, Tone.UNKNOWN);
    return audit.finish();
  }

  private static Style style(String name) {
    return switch (name) {
      case "blur" -> new Style.Blur();
      case "solid" -> new Style.Solid(0, 0, 0);
      default -> new Style.Mosaic(4);
    };
  }

  /** Detail of many sizes in all planes, of which nothing repeats. */
  private static VideoFrame input() {
    VideoFrame frame =
        VideoFrame.allocate(new PixelLayout(ColourModel.YUV, 1, 1, 8, false), WIDTH, HEIGHT);
    for (int p = 0; p < 3; p++) {
      for (int y = 0; y < frame.planes().get(p).height(); y++) {
        for (int x = 0; x < frame.planes().get(p).width(); x++) {
          double coarse = Math.sin(0.013 * x * (p + 1)) * Math.cos(0.0002 * y * y + p);
          double fine = Math.sin(0.11 * x + 0.001 * x * y);
          Pictures.set(frame, p, x, y, (int) (128 + 50 * coarse + 40 * fine));
        }
      }
    }
    return frame;
  }
}
