package io.efface.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.jspecify.annotations.Nullable;

/**
 * Converts decoded sound to an encoder's format and sample rate, and keeps the samples until a
 * frame of it is full. Counts are samples per channel in the encoder's format. Single-threaded;
 * owns native memory and must be closed before the encoder, which it borrows.
 */
final class SoundResampler implements AutoCloseable {
  static final String NO_MEMORY = "there is not enough memory for its sound";

  private final Path path;
  private final AVCodecContext encoder;

  /** Samples in the encoder's format that wait until its frame is full. */
  private final AVAudioFifo waiting;

  private SwrContext resampler = new SwrContext(null);

  /**
   * An empty one, still to be configured.
   *
   * @param path of the input, for messages
   * @param encoder opened, borrowed
   * @throws MediaException if there is not enough memory
   */
  SoundResampler(Path path, AVCodecContext encoder) {
    this.path = path;
    this.encoder = encoder;
    AVAudioFifo fifo =
        avutil.av_audio_fifo_alloc(encoder.sample_fmt(), encoder.ch_layout().nb_channels(), 1);
    if (fifo == null) {
      throw new MediaException(path, "encode", NO_MEMORY);
    }
    this.waiting = fifo;
  }

  /** Whether it is ready for frames. */
  boolean isConfigured() {
    return !resampler.isNull();
  }

  /**
   * Makes it ready for frames of one format; the samples that wait stay.
   *
   * @param source a frame of that format, borrowed
   * @throws MediaException if it cannot be converted
   */
  void configure(AVFrame source) {
    SwrContext context = swresample.swr_alloc();
    if (context == null) {
      throw new MediaException(path, "encode", NO_MEMORY);
    }
    AVFrame out = outputFrame(0);
    int code = swresample.swr_config_frame(context, out, source);
    avutil.av_frame_free(out);
    code = code < 0 ? code : swresample.swr_init(context);
    if (code < 0) {
      swresample.swr_free(context);
    }
    check(code);
    resampler = context;
  }

  /**
   * Resamples a frame into the waiting samples, or what the resampler still holds where there is
   * none.
   *
   * @param source borrowed
   * @return libav's answer; below zero where it fails, or the frame is of another format
   */
  int convert(@Nullable AVFrame source) {
    AVFrame converted = outputFrame(0);
    try {
      int code = swresample.swr_convert_frame(resampler, converted, source);
      if (code >= 0 && converted.nb_samples() > 0) {
        code =
            avutil.av_audio_fifo_write(waiting, converted.extended_data(), converted.nb_samples());
      }
      return code;
    } finally {
      avutil.av_frame_free(converted);
    }
  }

  /** Samples that wait. */
  int waitingSamples() {
    return avutil.av_audio_fifo_size(waiting);
  }

  /** Samples that wait, and those that the conversion itself still holds. */
  long heldSamples() {
    long inside =
        resampler.isNull() ? 0 : swresample.swr_get_delay(resampler, encoder.sample_rate());
    return inside + waitingSamples();
  }

  /**
   * Leaves out the first of the samples that wait.
   *
   * @param samples at most {@link #waitingSamples}
   */
  void drop(int samples) {
    check(avutil.av_audio_fifo_drain(waiting, samples));
  }

  /**
   * Takes the first of the samples that wait, with silence after them up to {@code size}.
   *
   * @param samples at most {@link #waitingSamples}
   * @return a frame without a time, owned by the caller
   */
  AVFrame take(int samples, int size) {
    AVFrame frame = outputFrame(size);
    boolean taken = false;
    try {
      check(avutil.av_audio_fifo_read(waiting, frame.extended_data(), samples));
      if (samples < size) {
        avutil.av_samples_set_silence(
            frame.extended_data(),
            samples,
            size - samples,
            encoder.ch_layout().nb_channels(),
            encoder.sample_fmt());
      }
      taken = true;
      return frame;
    } finally {
      if (!taken) {
        avutil.av_frame_free(frame);
      }
    }
  }

  /** Empties the resampler, which must be configured anew, into the waiting samples. */
  void drain() {
    if (!resampler.isNull()) {
      check(convert(null));
      swresample.swr_free(resampler);
      resampler = new SwrContext(null);
    }
  }

  private AVFrame outputFrame(int samples) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(encoder.sample_fmt()).sample_rate(encoder.sample_rate()).nb_samples(samples);
    avutil.av_channel_layout_copy(frame.ch_layout(), encoder.ch_layout());
    if (samples > 0) {
      int code = avutil.av_frame_get_buffer(frame, 0);
      if (code < 0) {
        avutil.av_frame_free(frame);
      }
      FFmpeg.check(code, path, "encode", NO_MEMORY);
    }
    return frame;
  }

  /** Fails where one of libav's answers is an error. */
  void check(int code) {
    FFmpeg.check(
        code, path, "encode", "its sound cannot be converted; leave it out with --audio drop");
  }

  @Override
  public void close() {
    if (!resampler.isNull()) {
      swresample.swr_free(resampler);
    }
    avutil.av_audio_fifo_free(waiting);
  }
}
