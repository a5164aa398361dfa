package io.efface.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Takes the tags out of codec headers of audio: Vorbis and FLAC carry comments there, and so does
 * AAC that lists its channels.
 */
final class AudioHeaders {
  private static final int FLAC_STREAMINFO_BYTES = 34;

  private AudioHeaders() {}

  /**
   * A stream's codec header without comments.
   *
   * @return the header, which may be empty; nothing if it cannot be cleaned and the sound must be
   *     encoded again
   */
  static Optional<byte[]> cleaned(AVCodecParameters parameters) {
    byte[] header = bytes(parameters);
    int id = parameters.codec_id();
    if (header.length > 0 && id == avcodec.AV_CODEC_ID_FLAC) {
      return streamInfo(header);
    }
    if (header.length > 0 && id == avcodec.AV_CODEC_ID_VORBIS) {
      return withoutComments(header);
    }
    if (header.length > 0 && id == avcodec.AV_CODEC_ID_AAC) {
      return AacHeader.cleaned(header);
    }
    return Optional.of(header);
  }

  /** A stream's codec header as it is; empty where there is none. */
  static byte[] bytes(AVCodecParameters parameters) {
    byte[] header = new byte[parameters.extradata_size()];
    if (header.length > 0) {
      parameters.extradata().get(header);
    }
    return header;
  }

  private static Optional<byte[]> streamInfo(byte[] header) {
    return header.length < FLAC_STREAMINFO_BYTES
        ? Optional.empty()
        : Optional.of(Arrays.copyOf(header, FLAC_STREAMINFO_BYTES));
  }

  /**
   * Xiph lacing: 2, the sizes of the first two of three packets in runs of 255, then the packets:
   * identification, comments, setup (Vorbis I specification, 4.2).
   */
  static Optional<byte[]> withoutComments(byte[] header) {
    if (header[0] != 2) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(header, 1, header.length - 1);
    List<Integer> sizes = new ArrayList<>();
    while (sizes.size() < 2) {
      int size = 0;
      int part;
      do {
        if (!in.hasRemaining()) {
          return Optional.empty();
        }
        part = in.get() & 0xff;
        size += part;
      } while (part == 255);
      sizes.add(size);
    }
    if (sizes.get(0) + sizes.get(1) > in.remaining()) {
      return Optional.empty();
    }
    byte[] identification = new byte[sizes.get(0)];
    in.get(identification);
    in.position(in.position() + sizes.get(1));
    byte[] setup = new byte[in.remaining()];
    in.get(setup);
    byte[] comments = emptyComments();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(2);
    lace(out, identification.length);
    lace(out, comments.length);
    out.writeBytes(identification);
    out.writeBytes(comments);
    out.writeBytes(setup);
    return Optional.of(out.toByteArray());
  }

  private static void lace(ByteArrayOutputStream out, int size) {
    int rest = size;
    while (rest >= 255) {
      out.write(255);
      rest -= 255;
    }
    out.write(rest);
  }

  /** Type 3, "vorbis", a vendor of no characters, no comments, framing bit. */
  private static byte[] emptyComments() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(3);
    out.writeBytes("vorbis".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[8]);
    out.write(1);
    return out.toByteArray();
  }

  /** Gives an output stream its codec header. */
  static void replace(AVCodecParameters parameters, byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    BytePointer data =
        new BytePointer(avutil.av_mallocz(bytes.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    data.put(bytes);
    avutil.av_free(parameters.extradata());
    parameters.extradata(data).extradata_size(bytes.length);
  }
}
