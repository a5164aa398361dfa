package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is transparent is black and not what lies under it. */
class PictureConverterTest {
  private static final int SIDE = 16;
  private static final double BRIGHT = 0.9;

  @BeforeEach
  void load() {
    FFmpeg.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgba",
        "argb",
        "bgra",
        "abgr",
        "rgba64be",
        "rgba64le",
        "bgra64le",
        "gbrap",
        "gbrap10le",
        "gbrap12le",
        "gbrap14le",
        "gbrap16le",
        "gbrap16be",
        "ya8",
        "ya16be",
        "ya16le",
        "yuva420p",
        "yuva422p",
        "yuva444p",
        "yuva420p10le",
        "yuva422p10le",
        "yuva444p10le",
        "yuva422p12le",
        "yuva444p12le",
        "yuva444p16le",
        "yuva420p9le",
        "ayuv64le",
        "vuya",
        "ayuv",
        "uyva",
        "pal8"
      })
  void hiddenPixelsAreBlackAndOpaqueOnesStay(String name) {
    int format = avutil.av_get_pix_fmt(name);
    assertThat(PixelFormats.hasAlpha(format)).isTrue();
    for (boolean still : new boolean[] {true, false}) {
      assertThat(luma(format, still, 0)).as("transparent").isCloseTo(0, within(0.02));
      assertThat(luma(format, still, 1)).as("opaque").isCloseTo(BRIGHT, within(0.02));
    }
  }

  /** A sample of what a bright grey picture becomes, as a share of the highest code. */
  private static double luma(int format, boolean still, double opaque) {
    int wanted = PixelFormats.working(format, still);
    AVFrame source = grey(format, opaque);
    assertThat(Transparency.isIn(source)).isEqualTo(opaque < 1);
    try (PictureConverter converter = new PictureConverter(Path.of("picture"))) {
      AVFrame result = converter.convert(source, wanted, SIDE, SIDE, true);
      int depth = avutil.av_pix_fmt_desc_get(wanted).comp(0).depth();
      int sample = result.data(0).get(0) & 0xff;
      sample |= depth > 8 ? (result.data(0).get(1) & 0xff) << 8 : 0;
      avutil.av_frame_free(result);
      return sample / (double) ((1 << depth) - 1);
    } finally {
      avutil.av_frame_free(source);
    }
  }

  private static AVFrame grey(int format, double opaque) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(format).width(SIDE).height(SIDE).color_range(avutil.AVCOL_RANGE_JPEG);
    assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
    AVPixFmtDescriptor d = avutil.av_pix_fmt_desc_get(format);
    boolean rgb = (d.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
    if (format == avutil.AV_PIX_FMT_PAL8) {
      int level = (int) Math.round(BRIGHT * 255);
      int colour = (int) (opaque * 255) << 24 | level * 0x010101;
      for (int i = 0; i < SIDE * frame.linesize(0); i++) {
        frame.data(0).put(i, (byte) 1);
      }
      new IntPointer(frame.data(1)).put(1, colour);
      return frame;
    }
    int last = d.nb_components() - 1;
    for (int c = 0; c <= last; c++) {
      boolean chroma = !rgb && last >= 3 && (c == 1 || c == 2);
      fill(frame, d, c, c == last ? opaque : chroma ? 0.5 : BRIGHT);
    }
    return frame;
  }

  private static void fill(AVFrame frame, AVPixFmtDescriptor d, int component, double share) {
    int depth = d.comp(component).depth();
    long value = Math.round(share * ((1L << depth) - 1)) << d.comp(component).shift();
    int bytes = (depth + d.comp(component).shift() + 7) / 8;
    boolean big = (d.flags() & avutil.AV_PIX_FMT_FLAG_BE) != 0;
    int plane = d.comp(component).plane();
    boolean chroma = (component == 1 || component == 2) && d.nb_components() >= 3;
    int width = SIDE >> (chroma ? d.log2_chroma_w() : 0);
    int height = SIDE >> (chroma ? d.log2_chroma_h() : 0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        long at =
            (long) y * frame.linesize(plane)
                + (long) x * d.comp(component).step()
                + d.comp(component).offset();
        for (int i = 0; i < bytes; i++) {
          int bits = 8 * (big ? bytes - 1 - i : i);
          frame.data(plane).put(at + i, (byte) (value >> bits));
        }
      }
    }
  }
}
