package io.efface.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.VideoFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberFillTest {
  private static final PixelLayout GREY = new PixelLayout(ColourModel.GREY, 0, 0, 8, true);
  private static final int WIDTH = 32;
  private static final int HEIGHT = 16;

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void aNumberStandsUprightInTheMiddle(Orientation orientation) {
    VideoFrame frame = grey(orientation);
    redact(frame, new Region(47, new Style.Numbered(), Region.Shape.RECTANGLE, box(2, 1, 16, 7)));
    assertThat(upright(frame))
        .isEqualTo(
            """
            ................................
            ..                ..............
            ..     # # ###    ..............
            ..     # #   #    ..............
            ..     ###   #    ..............
            ..       #  #     ..............
            ..       #  #     ..............
            ..                ..............
            ................................
            ................................
            ................................
            ................................
            ................................
            ................................
            ................................
            ................................
            """);
  }

  @Test
  void theNumberIsAsLargeAsThePartInThePictureAllows() {
    VideoFrame frame = grey(Orientation.UPRIGHT);
    redact(frame, new Region(1, new Style.Numbered(), Region.Shape.RECTANGLE, box(20, -4, 40, 14)));
    assertThat(upright(frame).lines().limit(11))
        .containsExactly(
            "....................     ##     ",
            "....................     ##     ",
            "....................   ####     ",
            "....................   ####     ",
            "....................     ##     ",
            "....................     ##     ",
            "....................     ##     ",
            "....................     ##     ",
            "....................   ######   ",
            "....................   ######   ",
            "................................");
  }

  @Test
  void whatIsTooSmallOrBelongsToNoTrackHasNone() {
    for (Region region :
        List.of(
            new Region(3, new Style.Numbered(), Region.Shape.RECTANGLE, box(4, 4, 9, 4)),
            new Region(3, new Style.Numbered(), Region.Shape.ELLIPSE, box(4, 4, 9, 6)),
            new Region(-3, new Style.Numbered(), Region.Shape.RECTANGLE, box(4, 4, 20, 10)))) {
      VideoFrame frame = grey(Orientation.UPRIGHT);
      redact(frame, region);
      assertThat(upright(frame)).doesNotContain("#").contains(" ");
    }
  }

  private static Box box(double x, double y, double width, double height) {
    return Box.ofSize(x, y, width, height);
  }

  private static VideoFrame grey(Orientation orientation) {
    int width = orientation.transposed() ? HEIGHT : WIDTH;
    int height = orientation.transposed() ? WIDTH : HEIGHT;
    VideoFrame frame = Pictures.turned(VideoFrame.allocate(GREY, width, height), orientation, 0);
    Pictures.flat(frame, 128);
    return frame;
  }

  private static void redact(VideoFrame frame, Region region) {
    try (Redactor redactor = new Redactor(1, 2)) {
      redactor.redact(frame, List.of(region));
    }
  }

  /** The upright picture: a space is black, # white. */
  private static String upright(VideoFrame frame) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        Box at = frame.orientation().toStored(box(x, y, 1, 1), frame.width(), frame.height());
        int value = Pictures.get(frame, 0, (int) at.left(), (int) at.top());
        text.append(value == 0 ? ' ' : value == 255 ? '#' : '.');
      }
      text.append('\n');
    }
    return text.toString();
  }
}
