package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Orientation;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFitterTest {
  private static final int WIDTH = 128;
  private static final int HEIGHT = 96;
  private static final int BRIGHT = 180;

  @BeforeEach
  void load() {
    FFmpeg.load();
  }

  @ParameterizedTest
  @CsvSource({
    // Of the same shape, smaller and larger: all of the picture.
    "yuv420p, 64, 48, 1, 1, 0, 0, 128, 96",
    "yuv444p, 256, 192, 1, 1, 0, 0, 128, 96",
    // Upright, and wide.
    "yuv420p, 96, 128, 1, 1, 28, 0, 100, 96",
    "gbrp, 96, 128, 1, 1, 28, 0, 100, 96",
    "yuv420p, 256, 96, 1, 1, 0, 24, 128, 72",
    // Of the same size, with pixels that are twice as wide.
    "yuv422p, 128, 96, 2, 1, 0, 24, 128, 72",
    "gray, 128, 96, 1, 2, 32, 0, 96, 96",
  })
  void laterPicturesKeepTheirShape(
      String form,
      int width,
      int height,
      int pixelWidth,
      int pixelHeight,
      int left,
      int top,
      int right,
      int bottom) {
    int format = avutil.av_get_pix_fmt(form);
    PixelLayout layout = PixelFormats.layout(format, false);
    PictureFormat wanted = wanted(format, layout, ColourMatrix.BT601);
    AVFrame first = bright(format, layout, WIDTH, HEIGHT);
    AVFrame later = bright(format, layout, width, height);
    later.sample_aspect_ratio().num(pixelWidth).den(pixelHeight);
    try (PictureConverter converter = new PictureConverter(Path.of("film"))) {
      PictureFitter fitter = new PictureFitter(converter);
      fitter.first(first);
      assertThat(fitter.fits(first, wanted)).isTrue();
      assertThat(fitter.changed()).isFalse();
      AVFrame fitted = fitter.fit(later, wanted);
      assertThat(fitter.changed()).isTrue();
      assertThat(fitted.width()).isEqualTo(WIDTH);
      assertThat(fitted.height()).isEqualTo(HEIGHT);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          boolean inside = x >= left && x < right && y >= top && y < bottom;
          int sample = fitted.data(0).get((long) y * fitted.linesize(0) + x) & 0xff;
          int expected = inside ? BRIGHT : layout.model() == PixelLayout.ColourModel.GBR ? 0 : 16;
          assertThat(sample).as("%d,%d", x, y).isCloseTo(expected, within(2));
        }
      }
      avutil.av_frame_free(fitted);
    } finally {
      avutil.av_frame_free(first);
      avutil.av_frame_free(later);
    }
  }

  /** Of recordings that were joined, one says full range, or BT.709, and another does not. */
  @ParameterizedTest
  @CsvSource({
    "MPEG, BT709, JPEG, BT709, 170",
    "JPEG, BT709, MPEG, BT709, 191",
    "MPEG, BT709, MPEG, SMPTE170M, 173",
    "MPEG, BT709, MPEG, UNSPECIFIED, 180",
    "MPEG, UNSPECIFIED, MPEG, BT709, 180"
  })
  void rangeAndMatrixOfLaterPicturesBecomeThoseOfTheFirst(
      String range, String matrix, String laterRange, String laterMatrix, int luma) {
    int format = avutil.AV_PIX_FMT_YUV444P;
    PixelLayout layout = PixelFormats.layout(format, range.equals("JPEG"));
    PictureFormat wanted = wanted(format, layout, ColourMatrix.BT709);
    AVFrame first = coloured(layout, range, matrix);
    AVFrame later = coloured(layout, laterRange, laterMatrix);
    try (PictureConverter converter = new PictureConverter(Path.of("film"))) {
      PictureFitter fitter = new PictureFitter(converter);
      fitter.first(first);
      assertThat(fitter.fits(first, wanted)).isTrue();
      assertThat(fitter.fits(later, wanted)).isEqualTo(luma == BRIGHT);
      AVFrame fitted = fitter.fit(later, wanted);
      assertThat(fitter.changed()).isFalse();
      assertThat(fitted.data(0).get(0) & 0xff).isCloseTo(luma, within(2));
      avutil.av_frame_free(fitted);
    } finally {
      avutil.av_frame_free(first);
      avutil.av_frame_free(later);
    }
  }

  private static PictureFormat wanted(int format, PixelLayout layout, ColourMatrix matrix) {
    return new PictureFormat(
        format, WIDTH, HEIGHT, layout, Orientation.UPRIGHT, Rational.UNKNOWN, matrix);
  }

  /** Bright and reddish. */
  private static AVFrame coloured(PixelLayout layout, String range, String matrix) {
    AVFrame frame = bright(avutil.AV_PIX_FMT_YUV444P, layout, WIDTH, HEIGHT);
    for (long at = 0; at < (long) frame.linesize(2) * HEIGHT; at++) {
      frame.data(2).put(at, (byte) 160);
    }
    return frame
        .color_range(range.equals("JPEG") ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG)
        .colorspace(
            switch (matrix) {
              case "BT709" -> avutil.AVCOL_SPC_BT709;
              case "SMPTE170M" -> avutil.AVCOL_SPC_SMPTE170M;
              default -> avutil.AVCOL_SPC_UNSPECIFIED;
            });
  }

  private static AVFrame bright(int format, PixelLayout layout, int width, int height) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(format).width(width).height(height).color_range(avutil.AVCOL_RANGE_MPEG);
    assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
    for (int i = 0; i < layout.planes(); i++) {
      long bytes = (long) frame.linesize(i) * layout.planeHeight(i, height);
      for (long at = 0; at < bytes; at++) {
        frame.data(i).put(at, (byte) (layout.isChroma(i) ? 128 : BRIGHT));
      }
    }
    return frame;
  }
}
