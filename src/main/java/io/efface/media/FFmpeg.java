package io.efface.media;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** Loads the FFmpeg libraries and turns their return codes into exceptions. */
final class FFmpeg {

  /** libav's "no timestamp". */
  static final long NO_PTS = 0x8000000000000000L;

  /** What failed where a picture finds no room. */
  static final String NO_MEMORY = "there is not enough memory for a picture";

  static final int EAGAIN = -11;
  static final int ENOMEM = -12;
  static final int ENOSPC = -28;
  private static final int EAGAIN_DARWIN = -35;

  private static boolean loaded;

  private FFmpeg() {}

  /**
   * Loads the natives once and silences FFmpeg's own log, which may carry metadata of the input.
   */
  static synchronized void load() {
    if (!loaded) {
      Loader.load(avutil.class);
      Loader.load(swresample.class);
      Loader.load(swscale.class);
      Loader.load(avcodec.class);
      Loader.load(avformat.class);
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      loaded = true;
    }
  }

  /** Whether a call asks to be tried again after the other side of the codec was served. */
  static boolean isAgain(int code) {
    return code == EAGAIN || code == EAGAIN_DARWIN;
  }

  /** Whether a call says that the stream has ended. */
  static boolean isEnd(int code) {
    return code == avutil.AVERROR_EOF();
  }

  /** FFmpeg's own words for a negative return code. */
  static String message(int code) {
    byte[] text = new byte[256];
    avutil.av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /**
   * Passes a return code through, or throws if it is an error.
   *
   * @param what what failed and what to do, in front of FFmpeg's own words
   */
  static int check(int code, Path path, String operation, String what) {
    if (code < 0) {
      throw new MediaException(path, operation, what + " (" + message(code) + ")");
    }
    return code;
  }

  /**
   * Another native frame of the same picture.
   *
   * @param path for the message
   * @param operation for the message
   * @return owned by the caller
   * @throws MediaException if there is no memory for it
   */
  static AVFrame share(AVFrame frame, Path path, String operation) {
    AVFrame other = avutil.av_frame_clone(frame);
    if (other == null) {
      throw new MediaException(path, operation, NO_MEMORY);
    }
    return other;
  }

  /** A new native fraction; the caller closes it. */
  static AVRational rational(Rational value) {
    return new AVRational().num(value.num()).den(value.den());
  }

  /** The value of a native fraction. */
  static Rational rational(AVRational value) {
    return Rational.of(value.num(), value.den());
  }

  /**
   * Ticks of one time base in another, rounded to the nearest with ties away from zero, as libav
   * does.
   */
  static long rescale(long ticks, Rational from, Rational to) {
    if (ticks == NO_PTS) {
      return NO_PTS;
    }
    return avutil.av_rescale(ticks, (long) from.num() * to.den(), (long) to.num() * from.den());
  }
}
