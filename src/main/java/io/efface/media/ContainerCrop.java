package io.efface.media;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What a container says is to be cut off decoded pictures ({@code clap} of MP4, {@code PixelCrop}
 * of Matroska), in pixels. libav tells of it and leaves the cutting to players: what they do not
 * show must not come to light.
 *
 * @param top rows
 * @param bottom rows
 * @param left columns
 * @param right columns
 */
record ContainerCrop(int top, int bottom, int left, int right) {
  private static final int SIDES = 4;

  /** What a stream's container says; empty where it says nothing. */
  static Optional<ContainerCrop> of(AVCodecParameters parameters) {
    AVPacketSideData data =
        avcodec.av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_FRAME_CROPPING);
    if (data == null || data.size() < SIDES * Integer.BYTES) {
      return Optional.empty();
    }
    IntBuffer sides =
        data.data()
            .capacity(data.size())
            .asByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer();
    ContainerCrop crop = new ContainerCrop(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
    return crop.equals(new ContainerCrop(0, 0, 0, 0)) ? Optional.empty() : Optional.of(crop);
  }

  /**
   * Cuts a picture.
   *
   * @return libav's code, negative where nothing would be left of it
   */
  int apply(AVFrame frame) {
    frame.crop_top(top).crop_bottom(bottom).crop_left(left).crop_right(right);
    return avutil.av_frame_apply_cropping(frame, avutil.AV_FRAME_CROP_UNALIGNED);
  }
}
