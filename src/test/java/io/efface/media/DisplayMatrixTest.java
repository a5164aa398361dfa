package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DisplayMatrixTest {
  private AVFrame frame = new AVFrame(null);
  private AVFrameSideData data = new AVFrameSideData(null);

  @BeforeEach
  void allocate() {
    FFmpeg.load();
    frame = avutil.av_frame_alloc();
    data = avutil.av_frame_new_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX, DisplayMatrix.BYTES);
  }

  @AfterEach
  void free() {
    avutil.av_frame_free(frame);
  }

  private ByteBuffer numbers() {
    return data.data().capacity(DisplayMatrix.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void whatIsWrittenIsReadBack(Orientation orientation) {
    DisplayMatrix.write(orientation, data.data());
    assertThat(DisplayMatrix.orientation(data)).isEqualTo(orientation);
  }

  /** libavutil's matrix maps (x, y) to (a x + c y, b x + d y), up to a shift into the picture. */
  @ParameterizedTest
  @EnumSource(Orientation.class)
  void theMatrixMovesPointsAsTheOrientationMovesBoxes(Orientation orientation) {
    DisplayMatrix.write(orientation, data.data());
    ByteBuffer m = numbers();
    Box from = orientation.toUpright(Box.ofSize(0, 0, 0, 0), 100, 50);
    Box to = orientation.toUpright(Box.ofSize(3, 7, 0, 0), 100, 50);
    assertThat(to.left() - from.left()).isEqualTo((m.getInt(0) * 3.0 + m.getInt(12) * 7.0) / 65536);
    assertThat(to.top() - from.top()).isEqualTo((m.getInt(4) * 3.0 + m.getInt(16) * 7.0) / 65536);
  }

  /** libav counts counter-clockwise. */
  @ParameterizedTest
  @CsvSource({"UPRIGHT, 0", "ROTATED_90_CLOCKWISE, -90", "ROTATED_180, 180"})
  void libavReadsTheSameTurn(Orientation orientation, double degrees) {
    DisplayMatrix.write(orientation, data.data());
    try (org.bytedeco.javacpp.IntPointer m = new org.bytedeco.javacpp.IntPointer(data.data())) {
      double turn = avutil.av_display_rotation_get(m);
      assertThat(Math.abs(turn) == 180 ? 180 : turn).isEqualTo(degrees);
    }
  }

  @Test
  void aSlightlyCrookedMatrixMeansTheNearestTurn() {
    DisplayMatrix.write(Orientation.ROTATED_90_COUNTER_CLOCKWISE, data.data());
    numbers().putInt(0, 900).putInt(16, -900);
    assertThat(DisplayMatrix.orientation(data)).isEqualTo(Orientation.ROTATED_90_COUNTER_CLOCKWISE);
  }
}
