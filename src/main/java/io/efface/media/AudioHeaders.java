package io.efface.media;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Keeps of codec headers of audio what decoders need: FLAC carries comments there, and so does AAC
 * that lists its channels; most codings need none.
 */
final class AudioHeaders {
  private static final int FLAC_STREAMINFO_BYTES = 34;

  /** A box with its length and name, a version, and the description itself. */
  private static final int ALAC_BYTES = 36;

  private AudioHeaders() {}

  /**
   * A stream's codec header without comments, and without anything behind its end.
   *
   * @return the header, which may be empty; nothing if it cannot be cleaned and the sound must be
   *     encoded again
   */
  static Optional<byte[]> cleaned(AVCodecParameters parameters) {
    byte[] header = bytes(parameters);
    return switch (parameters.codec_id()) {
      case avcodec.AV_CODEC_ID_AAC ->
          header.length > 0 ? AacHeader.cleaned(header) : Optional.of(header);
      case avcodec.AV_CODEC_ID_OPUS -> OpusHead.cleaned(header);
      case avcodec.AV_CODEC_ID_FLAC -> first(FLAC_STREAMINFO_BYTES, header);
      case avcodec.AV_CODEC_ID_ALAC -> first(ALAC_BYTES, header);
      default -> Optional.of(new byte[0]);
    };
  }

  /** A stream's codec header as it is; empty where there is none. */
  static byte[] bytes(AVCodecParameters parameters) {
    byte[] header = new byte[parameters.extradata_size()];
    if (header.length > 0) {
      parameters.extradata().get(header);
    }
    return header;
  }

  private static Optional<byte[]> first(int bytes, byte[] header) {
    return header.length < bytes ? Optional.empty() : Optional.of(Arrays.copyOf(header, bytes));
  }

  /** Gives an output stream its codec header; an empty one takes what it has away. */
  static void replace(AVCodecParameters parameters, byte[] bytes) {
    if (bytes.length == 0) {
      avutil.av_free(parameters.extradata());
      parameters.extradata(null).extradata_size(0);
      return;
    }
    BytePointer data =
        new BytePointer(avutil.av_mallocz(bytes.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    data.put(bytes);
    avutil.av_free(parameters.extradata());
    parameters.extradata(data).extradata_size(bytes.length);
  }
}
