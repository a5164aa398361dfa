package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What a file is refused for before anything of it is decoded. Every refusal is a {@link
 * MediaException} that says what to do instead.
 */
final class Refusals {
  private Refusals() {}

  /** Refuses what is missing, no regular file, not readable, or empty. */
  static void refuseUnreadable(Path path) {
    try {
      if (!Files.exists(path)) {
        throw new MediaException(path, "open", "no such file; check the name");
      }
      if (Files.isDirectory(path)) {
        throw new MediaException(path, "open", "is a folder; name the files in it");
      }
      if (!Files.isRegularFile(path)) {
        throw new MediaException(path, "open", "is no regular file; copy it to one first");
      }
      if (!Files.isReadable(path)) {
        throw new MediaException(path, "open", "cannot be read; check its permissions");
      }
      if (Files.size(path) == 0) {
        throw new MediaException(path, "open", "is empty (0 bytes); copy it again from its source");
      }
    } catch (IOException e) {
      throw new MediaException(path, "open", "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Refuses a picture whose stream says that it is encrypted; borrows the stream. */
  static void refuseEncrypted(Path path, AVStream stream) {
    boolean encrypted =
        avcodec.av_packet_side_data_get(
                stream.codecpar().coded_side_data(),
                stream.codecpar().nb_coded_side_data(),
                avcodec.AV_PKT_DATA_ENCRYPTION_INIT_INFO)
            != null;
    int tag = stream.codecpar().codec_tag();
    if (encrypted || tag == avutil.MKTAG((byte) 'e', (byte) 'n', (byte) 'c', (byte) 'v')) {
      throw encrypted(path);
    }
  }

  /** Refuses a still of a kind that libav does not read. */
  static void refuseUnread(Path path, StillHeader header) {
    if (header.objection().isPresent()) {
      throw new MediaException(path, "open", header.objection().get());
    }
  }

  /** The error that an encrypted file is refused with. */
  static MediaException encrypted(Path path) {
    return new MediaException(path, "open", "is encrypted; export it without protection first");
  }

  /** Refuses a picture that libav gives in pieces; borrows the file's context. */
  static void refuseTiles(Path path, AVFormatContext context) {
    if (context.nb_stream_groups() > 0) {
      throw new MediaException(
          path,
          "open",
          "is a picture made of tiles or groups of streams, which is not supported; save it as JPEG"
              + " or PNG first");
    }
  }

  /**
   * Refuses a still with transparency: AVIF and HEIC have it in a grey picture of the same size,
   * which libav leaves apart. Borrows the file's context and the picture's stream.
   */
  static void refuseTransparency(Path path, AVFormatContext context, AVStream picture) {
    for (int i = 0; i < context.nb_streams(); i++) {
      AVCodecParameters other = context.streams(i).codecpar();
      if (i != picture.index()
          && other.codec_type() == AVMEDIA_TYPE_VIDEO
          && other.width() == picture.codecpar().width()
          && other.height() == picture.codecpar().height()
          && PixelFormats.isGrey(other.format())) {
        throw new MediaException(
            path,
            "open",
            "has transparency in a picture of its own, which is not supported; save it as PNG"
                + " first");
      }
    }
  }
}
