package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.media.PixelLayout.ColourModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardwareFeedTest {
  private static final int WIDTH = 70;
  private static final int HEIGHT = 38;

  @BeforeAll
  static void loadNatives() {
    FFmpeg.load();
  }

  @ParameterizedTest
  @CsvSource({"8,false", "8,true", "10,false", "10,true"})
  void samplesKeepTheirValues(int depth, boolean fullRange) {
    AVFrame plain = frame(depth, fullRange);
    AVFrame fed = new AVFrame(null);
    try (HardwareFeed feed = new HardwareFeed(Path.of("out"), layout(depth, fullRange))) {
      fed = feed.feed(plain);
      assertThat(fed.pts()).isEqualTo(7);
      assertThat(fed.color_range()).isEqualTo(plain.color_range());
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          assertThat(sample(fed, 0, x, y, depth)).isEqualTo(packed(plain, 0, x, y, depth));
        }
      }
      for (int y = 0; y < HEIGHT / 2; y++) {
        for (int x = 0; x < WIDTH / 2; x++) {
          assertThat(sample(fed, 1, 2 * x, y, depth)).isEqualTo(packed(plain, 1, x, y, depth));
          assertThat(sample(fed, 1, 2 * x + 1, y, depth)).isEqualTo(packed(plain, 2, x, y, depth));
        }
      }
    } finally {
      avutil.av_frame_free(fed);
      avutil.av_frame_free(plain);
    }
  }

  @Test
  void whatEncodesThePictureThatItIsFedPassesItsTrial() {
    AVCodecContext context = context();
    try (HardwareFeed feed = new HardwareFeed(Path.of("out"), layout(8, false))) {
      feed.prepare(context, KnownEncoder.Family.NVENC);
      open(context);
      assertThat(EncoderTrial.refusal(context, feed, avutil.AV_PIX_FMT_YUV420P)).isEmpty();
    } finally {
      avcodec.avcodec_free_context(context);
    }
  }

  @Test
  void whatOpensAndThenDoesNotEncodeFailsItsTrial() {
    AVCodecContext context = context();
    try (HardwareFeed feed = new HardwareFeed(Path.of("out"), layout(8, false))) {
      feed.prepare(context, KnownEncoder.Family.QSV);
      assertThat(EncoderTrial.refusal(context, feed, avutil.AV_PIX_FMT_YUV420P)).isPresent();
    } finally {
      avcodec.avcodec_free_context(context);
    }
  }

  private static AVCodecContext context() {
    AVCodecContext context =
        avcodec.avcodec_alloc_context3(avcodec.avcodec_find_encoder_by_name("libx264"));
    context.width(64).height(48);
    context.time_base().num(1).den(25);
    return context;
  }

  private static void open(AVCodecContext context) {
    assertThat(avcodec.avcodec_open2(context, context.codec(), (AVDictionary) null)).isZero();
  }

  private static PixelLayout layout(int depth, boolean fullRange) {
    return new PixelLayout(ColourModel.YUV, 1, 1, depth, fullRange);
  }

  private static AVFrame frame(int depth, boolean fullRange) {
    AVFrame frame = avutil.av_frame_alloc();
    frame
        .format(depth > 8 ? avutil.AV_PIX_FMT_YUV420P10LE : avutil.AV_PIX_FMT_YUV420P)
        .width(WIDTH)
        .height(HEIGHT)
        .pts(7)
        .color_range(fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_UNSPECIFIED);
    assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
    Random random = new Random(depth);
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      ByteBuffer data = data(frame, plane, HEIGHT >> shift);
      for (int y = 0; y < HEIGHT >> shift; y++) {
        for (int x = 0; x < WIDTH >> shift; x++) {
          int value = random.nextInt(1 << depth);
          int row = y * frame.linesize(plane);
          if (depth > 8) {
            data.putShort(row + 2 * x, (short) value);
          } else {
            data.put(row + x, (byte) value);
          }
        }
      }
    }
    return frame;
  }

  private static int packed(AVFrame plain, int plane, int x, int y, int depth) {
    return sample(plain, plane, x, y, depth) << (depth > 8 ? 16 - depth : 0);
  }

  private static int sample(AVFrame frame, int plane, int x, int y, int depth) {
    ByteBuffer data = data(frame, plane, y + 1);
    int row = y * frame.linesize(plane);
    return depth > 8 ? data.getShort(row + 2 * x) & 0xffff : data.get(row + x) & 0xff;
  }

  private static ByteBuffer data(AVFrame frame, int plane, int rows) {
    return frame
        .data(plane)
        .capacity((long) rows * frame.linesize(plane))
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
