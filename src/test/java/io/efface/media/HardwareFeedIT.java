package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.media.KnownEncoder.Family;
import io.efface.testing.SyntheticVideo;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of hardware's pictures, with x264, which takes them packed too, in its place. */
class HardwareFeedIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"160,120", "161,119"})
  void packedPicturesAreEncodedLikePlainOnes(int width, int height) {
    Path film =
        SyntheticVideo.named("in.mp4").codec("mpeg4").size(width, height).frames(12).in(folder);
    List<Long> plainTimes = new ArrayList<>();
    List<Long> packedTimes = new ArrayList<>();
    byte[] plain = encode(film, false, plainTimes);
    assertThat(plain).hasSizeGreaterThan(100);
    assertThat(encode(film, true, packedTimes)).isEqualTo(plain);
    assertThat(packedTimes).hasSize(12).isEqualTo(plainTimes);
  }

  private static byte[] encode(Path film, boolean packed, List<Long> times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EncodedSink sink =
        packet -> {
          byte[] data = new byte[packet.size()];
          packet.data().get(data);
          bytes.writeBytes(data);
          times.add(packet.pts());
        };
    try (VideoReader reader = VideoReader.open(film, 1)) {
      VideoFrame frame = reader.next().orElseThrow();
      PictureFormat format = reader.decoder().format().orElseThrow();
      Optional<HardwareFeed> feed =
          packed ? Optional.of(new HardwareFeed(film, format.layout())) : Optional.empty();
      try (VideoEncoder encoder = open(film, format, feed)) {
        for (Optional<VideoFrame> next = Optional.of(frame);
            next.isPresent();
            next = reader.next()) {
          encoder.encode(next.get(), sink);
        }
        encoder.finish(sink);
      }
    }
    return bytes.toByteArray();
  }

  private static VideoEncoder open(Path film, PictureFormat format, Optional<HardwareFeed> feed) {
    AVCodecContext context =
        avcodec.avcodec_alloc_context3(avcodec.avcodec_find_encoder_by_name("libx264"));
    context
        .width(format.width() + format.width() % 2)
        .height(format.height() + format.height() % 2)
        .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
        .thread_count(1)
        .flags(avcodec.AV_CODEC_FLAG_BITEXACT);
    context.time_base().num(1).den(12_800);
    feed.ifPresent(of -> of.prepare(context, Family.QSV));
    assertThat(avcodec.avcodec_open2(context, context.codec(), (AVDictionary) null)).isZero();
    return new VideoEncoder(
        film,
        KnownEncoder.LIBX264,
        context,
        feed,
        new Rational(1, 12_800),
        format,
        /* fieldFlags= */ 0);
  }
}
