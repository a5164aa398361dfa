package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturePoolTest {
  @BeforeAll
  static void loadNatives() {
    FFmpeg.load();
  }

  @ParameterizedTest
  @CsvSource({"yuv420p,70,38", "yuv422p10le,71,39", "gbrp,33,1", "gray,1,1"})
  void whatIsWrittenToOneIsNotSeenInTheOther(String format, int width, int height) {
    AVFrame frame = frame(format, width, height);
    AVFrame other = FFmpeg.share(frame, Path.of("in"), "decode");
    int[] before = samples(frame);
    try (PicturePool pool = new PicturePool(Path.of("in"))) {
      pool.makeWritable(other);
      assertThat(avutil.av_frame_is_writable(other)).isPositive();
      assertThat(samples(other)).isEqualTo(before);
      assertThat(other.pts()).isEqualTo(7);
      assertThat(other.width()).isEqualTo(width);
      assertThat(other.height()).isEqualTo(height);
      assertThat(other.format()).isEqualTo(frame.format());
      other.data(0).put(0, (byte) ~other.data(0).get(0));
      assertThat(samples(frame)).isEqualTo(before);
    } finally {
      avutil.av_frame_free(frame);
      avutil.av_frame_free(other);
    }
  }

  @Test
  void aPictureThatNobodyElseHoldsStaysWhereItIs() {
    AVFrame frame = frame("yuv420p", 70, 38);
    long place = frame.data(0).address();
    try (PicturePool pool = new PicturePool(Path.of("in"))) {
      pool.makeWritable(frame);
      assertThat(frame.data(0).address()).isEqualTo(place);
    } finally {
      avutil.av_frame_free(frame);
    }
  }

  @Test
  void memoryThatIsFreeIsUsedAgain() {
    AVFrame frame = frame("yuv420p", 70, 38);
    try (PicturePool pool = new PicturePool(Path.of("in"))) {
      long first = placeOfCopy(frame, pool);
      assertThat(placeOfCopy(frame, pool)).isEqualTo(first);
    } finally {
      avutil.av_frame_free(frame);
    }
  }

  @Test
  void picturesOutliveTheirPoolAndAnotherSize() {
    AVFrame small = frame("yuv420p", 70, 38);
    AVFrame large = frame("yuv444p", 100, 60);
    AVFrame kept = FFmpeg.share(small, Path.of("in"), "decode");
    AVFrame keptToo = FFmpeg.share(large, Path.of("in"), "decode");
    try {
      try (PicturePool pool = new PicturePool(Path.of("in"))) {
        pool.makeWritable(kept);
        pool.makeWritable(keptToo);
      }
      assertThat(samples(kept)).isEqualTo(samples(small));
      assertThat(samples(keptToo)).isEqualTo(samples(large));
    } finally {
      for (AVFrame frame : new AVFrame[] {small, large, kept, keptToo}) {
        avutil.av_frame_free(frame);
      }
    }
  }

  private static long placeOfCopy(AVFrame frame, PicturePool pool) {
    AVFrame copy = FFmpeg.share(frame, Path.of("in"), "decode");
    try {
      pool.makeWritable(copy);
      assertThat(copy.data(0).address()).isNotEqualTo(frame.data(0).address());
      return copy.data(0).address();
    } finally {
      avutil.av_frame_free(copy);
    }
  }

  private static AVFrame frame(String format, int width, int height) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(avutil.av_get_pix_fmt(format)).width(width).height(height).pts(7);
    assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
    for (int plane = 0; plane < 3 && frame.linesize(plane) > 0; plane++) {
      for (int y = 0; y < rows(frame, plane); y++) {
        for (int x = 0; x < rowBytes(frame, plane); x++) {
          frame.data(plane).put((long) y * frame.linesize(plane) + x, (byte) (3 * x + 7 * y));
        }
      }
    }
    return frame;
  }

  private static int[] samples(AVFrame frame) {
    int[] sums = new int[3 * frame.height()];
    for (int plane = 0; plane < 3 && frame.linesize(plane) > 0; plane++) {
      for (int y = 0; y < rows(frame, plane); y++) {
        int sum = 1;
        for (int x = 0; x < rowBytes(frame, plane); x++) {
          sum = 31 * sum + frame.data(plane).get((long) y * frame.linesize(plane) + x);
        }
        sums[plane * frame.height() + y] = sum;
      }
    }
    return sums;
  }

  private static int rowBytes(AVFrame frame, int plane) {
    return avutil.av_image_get_linesize(frame.format(), frame.width(), plane);
  }

  private static int rows(AVFrame frame, int plane) {
    boolean halved = frame.format() == avutil.AV_PIX_FMT_YUV420P && plane > 0;
    return halved ? (frame.height() + 1) / 2 : frame.height();
  }
}
