package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVProgram;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What an opened file holds: its streams, which of them is the picture, what it carries beside
 * them, and which programmes a broadcast has. Single-threaded; borrows the native context, which
 * must outlive it.
 */
final class MediaDescription {
  private final Path path;
  private final AVFormatContext context;
  private final StillHeader header;
  private final MediaInfo info;

  /**
   * Finds out what a file holds.
   *
   * @param context of the file, its streams already found; borrowed
   * @throws MediaException if it has no picture, or one that is refused ({@link Refusals})
   */
  MediaDescription(Path path, AVFormatContext context) {
    this.path = path;
    this.context = context;
    this.header = StillHeader.read(path, container(context));
    this.info = describe();
  }

  /** What the file holds. */
  MediaInfo info() {
    return info;
  }

  /** What a still says of itself. */
  StillHeader still() {
    return header;
  }

  private MediaInfo describe() {
    String container = container(context);
    boolean still = container.endsWith(MediaInfo.PHOTO);
    List<MediaInfo.Stream> streams = new ArrayList<>();
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      streams.add(
          new MediaInfo.Stream(
              i,
              kind(stream),
              avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString(),
              FFmpeg.rational(stream.time_base())));
    }
    int video = chooseVideo(streams);
    Refusals.refuseUnread(path, header);
    AVStream picture = context.streams(video);
    Refusals.refuseEncrypted(path, picture);
    if (container.equals("mov")) {
      Refusals.refuseTiles(path, context);
    }
    if (container.equals("mov") && isStillBrand()) {
      still = true;
      Refusals.refuseTransparency(path, context, picture);
    }
    return new MediaInfo(
        path,
        container,
        streams,
        video,
        still,
        still ? OptionalLong.of(1) : frames(picture),
        extras(),
        Truncation.find(path, container));
  }

  private static String container(AVFormatContext context) {
    String names = context.iformat().name().getString();
    int comma = names.indexOf(',');
    return comma < 0 ? names : names.substring(0, comma);
  }

  private int chooseVideo(List<MediaInfo.Stream> streams) {
    int best = avformat.av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (best >= 0 && streams.get(best).kind() == MediaInfo.Kind.VIDEO) {
      return best;
    }
    for (MediaInfo.Stream stream : streams) {
      if (stream.kind() == MediaInfo.Kind.VIDEO) {
        return stream.index();
      }
    }
    throw new MediaException(
        path,
        "open",
        "has no video in it, so there is nothing to redact; name a video or a picture");
  }

  /** What a native stream carries. */
  static MediaInfo.Kind kind(AVStream stream) {
    int type = stream.codecpar().codec_type();
    int disposition = stream.disposition();
    if (type == AVMEDIA_TYPE_VIDEO) {
      boolean attached =
          (disposition
                  & (avformat.AV_DISPOSITION_ATTACHED_PIC
                      | avformat.AV_DISPOSITION_TIMED_THUMBNAILS))
              != 0;
      return attached ? MediaInfo.Kind.ATTACHED_PICTURE : MediaInfo.Kind.VIDEO;
    }
    if (type == AVMEDIA_TYPE_AUDIO) {
      return MediaInfo.Kind.AUDIO;
    }
    if (type == AVMEDIA_TYPE_SUBTITLE) {
      return MediaInfo.Kind.SUBTITLE;
    }
    return type == AVMEDIA_TYPE_ATTACHMENT ? MediaInfo.Kind.ATTACHMENT : MediaInfo.Kind.DATA;
  }

  private boolean isStillBrand() {
    AVDictionary tags = context.metadata();
    if (tags == null) {
      return false;
    }
    var brand = avutil.av_dict_get(tags, "major_brand", null, 0);
    if (brand == null) {
      return false;
    }
    String name = brand.value().getString();
    return List.of("heic", "heix", "mif1", "avif", "heim", "heis").contains(name);
  }

  /** How long the file lasts in seconds, where its container tells; an estimate. */
  OptionalDouble seconds() {
    long microseconds = context.duration();
    return info.still() || microseconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(microseconds / (double) avutil.AV_TIME_BASE);
  }

  private static OptionalLong frames(AVStream stream) {
    if (stream.nb_frames() > 0) {
      return OptionalLong.of(stream.nb_frames());
    }
    double rate = FFmpeg.rational(stream.avg_frame_rate()).toDouble();
    double seconds =
        stream.duration() > 0 ? FFmpeg.rational(stream.time_base()).seconds(stream.duration()) : 0;
    long frames = Math.round(rate * seconds);
    return frames > 0 ? OptionalLong.of(frames) : OptionalLong.empty();
  }

  private List<MediaInfo.Extra> extras() {
    List<MediaInfo.Extra> extras = new ArrayList<>();
    int tags = context.metadata() == null ? 0 : avutil.av_dict_count(context.metadata());
    if (tags > 0) {
      extras.add(new MediaInfo.Extra("file tags", tags));
    }
    int streamTags = 0;
    for (int i = 0; i < context.nb_streams(); i++) {
      AVDictionary dictionary = context.streams(i).metadata();
      streamTags += dictionary == null ? 0 : avutil.av_dict_count(dictionary);
    }
    if (streamTags > 0) {
      extras.add(new MediaInfo.Extra("stream tags", streamTags));
    }
    if (context.nb_chapters() > 0) {
      extras.add(new MediaInfo.Extra("chapters", context.nb_chapters()));
    }
    if (context.nb_programs() > 0) {
      extras.add(new MediaInfo.Extra("programmes", context.nb_programs()));
    }
    if (header.pictures() > 1) {
      extras.add(new MediaInfo.Extra(MediaInfo.FURTHER_PICTURES, header.pictures() - 1));
    }
    return extras;
  }

  /** Whether a broadcast says that a stream belongs to other programmes than the picture. */
  boolean isOfOtherProgramme(int index) {
    boolean apart = false;
    boolean pictureIsOfOne = false;
    for (int i = 0; i < context.nb_programs(); i++) {
      boolean picture = holds(context.programs(i), info.video());
      boolean stream = holds(context.programs(i), index);
      if (picture && stream) {
        return false;
      }
      pictureIsOfOne |= picture;
      apart |= stream;
    }
    return apart && pictureIsOfOne;
  }

  private static boolean holds(AVProgram programme, int index) {
    for (int i = 0; i < programme.nb_stream_indexes(); i++) {
      if (programme.stream_index().get(i) == index) {
        return true;
      }
    }
    return false;
  }

  /** libav's best guess at a stream's frame rate. */
  Rational frameRate(int index) {
    return FFmpeg.rational(avformat.av_guess_frame_rate(context, context.streams(index), null));
  }
}
