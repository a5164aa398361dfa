package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Box;
import io.efface.media.FrameScaler.BgrPicture;
import io.efface.media.PixelLayout.ColourModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameScalerTest {
  private static final int[][] COLOURS = {
    {255, 255, 255}, {0, 0, 0}, {200, 30, 30}, {30, 180, 40}, {20, 40, 220}, {128, 128, 128}
  };

  static List<Arguments> layouts() {
    List<Arguments> all = new ArrayList<>();
    for (int depth : new int[] {8, 9, 10, 12, 14, 16}) {
      all.add(Arguments.of(new PixelLayout(ColourModel.GREY, 0, 0, depth, true)));
      all.add(Arguments.of(new PixelLayout(ColourModel.GREY, 0, 0, depth, false)));
      all.add(Arguments.of(new PixelLayout(ColourModel.GBR, 0, 0, depth, true)));
      for (int[] shift : new int[][] {{0, 0}, {1, 0}, {1, 1}}) {
        for (boolean full : new boolean[] {false, true}) {
          all.add(Arguments.of(new PixelLayout(ColourModel.YUV, shift[0], shift[1], depth, full)));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void knownColoursComeOutAsTheyWere(PixelLayout layout) {
    try (FrameScaler scaler = new FrameScaler()) {
      for (ColourMatrix matrix : ColourMatrix.values()) {
        for (int[] rgb : COLOURS) {
          if (layout.model() == ColourModel.GREY && (rgb[0] != rgb[1] || rgb[1] != rgb[2])) {
            continue;
          }
          VideoFrame frame = VideoFrame.allocate(layout, 128, 96).withMatrix(matrix);
          fill(frame, rgb, new Box(0, 0, 128, 96));
          BgrPicture small = BgrPicture.allocate(48, 40);
          scaler.scale(frame, small);
          for (int i = 0; i < 3; i++) {
            int value = small.plane(i).get(20 * small.stride() + 24) & 0xff;
            assertThat(value).as("channel %s of %s", i, rgb).isCloseTo(rgb[2 - i], within(3));
          }
        }
      }
    }
  }

  @Test
  void aCropShowsThatPartOnly() {
    PixelLayout layout = new PixelLayout(ColourModel.YUV, 1, 1, 10, false);
    VideoFrame frame = VideoFrame.allocate(layout, 200, 100);
    fill(frame, new int[] {0, 0, 0}, new Box(0, 0, 200, 100));
    fill(frame, new int[] {200, 30, 30}, new Box(60, 20, 120, 60));
    BgrPicture small = BgrPicture.allocate(32, 32);
    try (FrameScaler scaler = new FrameScaler()) {
      scaler.scale(frame, new Box(61, 21.5, 118.5, 60), small);
      for (int[] at : new int[][] {{0, 0}, {31, 0}, {0, 31}, {31, 31}}) {
        assertThat(small.plane(2).get(at[1] * small.stride() + at[0]) & 0xff)
            .isCloseTo(200, within(4));
      }
      assertThatThrownBy(() -> scaler.scale(frame, new Box(200, 0, 300, 50), small))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(FrameScaler.cells(layout, 200, 100, new Box(61, 21.5, 118.5, 60)))
        .isEqualTo(new Box(60, 20, 120, 60));
    assertThat(FrameScaler.cells(layout, 199, 99, new Box(190, 90, 300, 300)))
        .isEqualTo(new Box(190, 90, 199, 99));
  }

  @Test
  void aThumbnailHoldsTheLuma() {
    PixelLayout layout = new PixelLayout(ColourModel.YUV, 1, 1, 10, false);
    VideoFrame frame = VideoFrame.allocate(layout, 640, 360);
    fill(frame, new int[] {0, 0, 0}, new Box(0, 0, 640, 360));
    fill(frame, new int[] {255, 255, 255}, new Box(320, 0, 640, 360));
    byte[] thumbnail = new byte[32 * 18];
    try (FrameScaler scaler = new FrameScaler()) {
      scaler.luma(frame, 32, 18, thumbnail);
    }
    assertThat(thumbnail[9 * 32 + 4] & 0xff).isCloseTo(16, within(1));
    assertThat(thumbnail[9 * 32 + 28] & 0xff).isCloseTo(235, within(1));
  }

  @Test
  void aThumbnailOfEveryOtherRowReadsNoOther() {
    PixelLayout layout = new PixelLayout(ColourModel.GREY, 0, 0, 8, true);
    VideoFrame frame = VideoFrame.allocate(layout, 640, 361);
    Plane plane = frame.planes().get(0);
    for (int y = 0; y < 361; y++) {
      for (int x = 0; x < 640; x++) {
        plane.data().put(y * plane.stride() + x, (byte) (y % 2 == 0 ? 10 : 250));
      }
    }
    byte[] thumbnail = new byte[32 * 18];
    try (FrameScaler scaler = new FrameScaler()) {
      scaler.luma(frame, 32, 18, /* rowStep= */ 2, thumbnail);
      assertThat(thumbnail).containsOnly(10);
      scaler.luma(frame, 32, 18, thumbnail);
      assertThat(thumbnail[9 * 32 + 4] & 0xff).isCloseTo(130, within(12));
    }
  }

  @Test
  void aClosedScalerRefuses() {
    FrameScaler scaler = new FrameScaler();
    scaler.close();
    scaler.close();
    VideoFrame frame =
        VideoFrame.allocate(new PixelLayout(ColourModel.GREY, 0, 0, 8, true), 64, 64);
    assertThatThrownBy(() -> scaler.luma(frame, 8, 8, new byte[64]))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Fills a box whose sides lie on chroma cells with one colour, by the frame's own matrix. */
  private static void fill(VideoFrame frame, int[] rgb, Box box) {
    PixelLayout layout = frame.layout();
    double kr = frame.matrix().red();
    double kb = frame.matrix().blue();
    double r = rgb[0] / 255.0;
    double g = rgb[1] / 255.0;
    double b = rgb[2] / 255.0;
    double y = kr * r + (1 - kr - kb) * g + kb * b;
    double[] values =
        layout.model() == ColourModel.GBR
            ? new double[] {g, b, r}
            : new double[] {y, (b - y) / (2 * (1 - kb)), (r - y) / (2 * (1 - kr))};
    double one = Math.scalb(1.0, layout.bitDepth() - 8);
    double most = Math.scalb(1.0, layout.bitDepth()) - 1;
    for (int i = 0; i < layout.planes(); i++) {
      double code;
      if (layout.isChroma(i)) {
        code = 128 * one + values[i] * (layout.fullRange() ? most : 224 * one);
      } else {
        code = layout.fullRange() ? values[i] * most : (16 + 219 * values[i]) * one;
      }
      int sample = (int) Math.max(0, Math.min(most, Math.rint(code)));
      Plane plane = frame.planes().get(i);
      int right = (int) box.right() >> layout.shiftX(i);
      int bottom = (int) box.bottom() >> layout.shiftY(i);
      for (int row = (int) box.top() >> layout.shiftY(i); row < bottom; row++) {
        for (int x = (int) box.left() >> layout.shiftX(i); x < right; x++) {
          int at = row * plane.stride() + x * layout.bytesPerSample();
          plane.data().put(at, (byte) sample);
          if (layout.bytesPerSample() == 2) {
            plane.data().put(at + 1, (byte) (sample >> 8));
          }
        }
      }
    }
  }
}
