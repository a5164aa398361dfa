package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRangeTest {
  @ParameterizedTest
  @CsvSource({
    "9, 511, 512",
    "10, 1023, 1024",
    "10, 1023, 65535",
    "12, 4095, 4096",
  })
  void oneSampleBeyondItsDepthIsFoundAndHeld(int depth, int largest, int beyond) {
    VideoFrame frame = frame(depth);
    for (int plane = 0; plane < 3; plane++) {
      for (int x = 0; x < frame.planes().get(plane).width(); x++) {
        put(frame, plane, x, largest);
        assertThat(SampleRange.isExceeded(frame.layout(), frame.planes())).isFalse();
        put(frame, plane, x, beyond);
        assertThat(SampleRange.isExceeded(frame.layout(), frame.planes())).isTrue();
        SampleRange.clamp(frame.layout(), frame.planes());
        assertThat(SampleRange.isExceeded(frame.layout(), frame.planes())).isFalse();
        assertThat(get(frame, plane, x)).isEqualTo(largest);
      }
    }
  }

  @Test
  void whatStandsBetweenRowsDoesNotCount() {
    VideoFrame frame = frame(10);
    Plane luma = frame.planes().get(0);
    luma.data().putShort(luma.width() * Short.BYTES, (short) -1);
    assertThat(SampleRange.isExceeded(frame.layout(), frame.planes())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"8", "16"})
  void aDepthThatFillsItsWordsHoldsEverything(int depth) {
    VideoFrame frame = frame(depth);
    ByteBuffer luma = frame.planes().get(0).data();
    luma.putShort(0, (short) -1);
    assertThat(SampleRange.isExceeded(frame.layout(), frame.planes())).isFalse();
  }

  private static VideoFrame frame(int depth) {
    PixelLayout layout = new PixelLayout(PixelLayout.ColourModel.YUV, 1, 1, depth, false);
    return VideoFrame.allocate(layout, 22, 6);
  }

  private static void put(VideoFrame frame, int plane, int x, int value) {
    Plane p = frame.planes().get(plane);
    p.data().putShort(2 * p.stride() + x * Short.BYTES, (short) value);
  }

  private static int get(VideoFrame frame, int plane, int x) {
    Plane p = frame.planes().get(plane);
    return p.data().getShort(2 * p.stride() + x * Short.BYTES) & 0xffff;
  }
}
