package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A film whose sound has other packets, or another header: as its makers might have built it. */
final class Repacked {
  private Repacked() {}

  /**
   * Writes a film anew.
   *
   * @param header makes the sound's codec header of what it was
   * @param packet makes each of its packets of what that was
   */
  static void write(Path in, Path out, UnaryOperator<byte[]> header, UnaryOperator<byte[]> packet) {
    FFmpeg.load();
    AVFormatContext from = new AVFormatContext(null);
    AVFormatContext to = new AVFormatContext(null);
    AVIOContext io = new AVIOContext(null);
    AVPacket read = avcodec.av_packet_alloc();
    AVDictionary none = new AVDictionary(null);
    check(avformat.avformat_open_input(from, in.toString(), (AVInputFormat) null, none));
    check(avformat.avformat_find_stream_info(from, (AVDictionary) null));
    check(avformat.avformat_alloc_output_context2(to, null, null, out.toString()));
    for (int i = 0; i < from.nb_streams(); i++) {
      AVStream stream = avformat.avformat_new_stream(to, null);
      check(avcodec.avcodec_parameters_copy(stream.codecpar(), from.streams(i).codecpar()));
      stream.codecpar().codec_tag(0);
      stream.time_base(from.streams(i).time_base());
      if (isSound(stream)) {
        byte[] old = AudioHeaders.bytes(stream.codecpar());
        AudioHeaders.replace(stream.codecpar(), header.apply(old));
      }
    }
    check(
        avformat.avio_open2(
            io, out.toString(), avformat.AVIO_FLAG_WRITE, null, (AVDictionary) null));
    to.pb(io);
    check(avformat.avformat_write_header(to, (AVDictionary) null));
    while (avformat.av_read_frame(from, read) >= 0) {
      int i = read.stream_index();
      if (isSound(to.streams(i))) {
        byte[] bytes = packet.apply(PacketBytes.of(read));
        int more = bytes.length - read.size();
        check(more > 0 ? avcodec.av_grow_packet(read, more) : 0);
        PacketBytes.put(bytes, read, in);
      }
      avcodec.av_packet_rescale_ts(read, from.streams(i).time_base(), to.streams(i).time_base());
      check(avformat.av_interleaved_write_frame(to, read));
    }
    check(avformat.av_write_trailer(to));
    check(avformat.avio_closep(io));
    avcodec.av_packet_free(read);
    avformat.avformat_free_context(to);
    avformat.avformat_close_input(from);
  }

  private static boolean isSound(AVStream stream) {
    return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
  }

  private static void check(int code) {
    assertThat(code).isNotNegative();
  }
}
