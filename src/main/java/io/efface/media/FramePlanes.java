package io.efface.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** The planes of libav's frames. */
final class FramePlanes {
  private FramePlanes() {}

  /** Views of a frame's memory, valid as long as it. */
  static List<Plane> of(AVFrame frame, PixelLayout layout, int width, int height) {
    List<Plane> planes = new ArrayList<>(3);
    for (int i = 0; i < layout.planes(); i++) {
      int columns = layout.planeWidth(i, width);
      int rows = layout.planeHeight(i, height);
      int stride = frame.linesize(i);
      long bytes = (long) (rows - 1) * stride + (long) columns * layout.bytesPerSample();
      try (BytePointer data = new BytePointer(frame.data(i))) {
        ByteBuffer buffer =
            data.position(0).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
        planes.add(new Plane(buffer, stride, columns, rows));
      }
    }
    return planes;
  }
}
