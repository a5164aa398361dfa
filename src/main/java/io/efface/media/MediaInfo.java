package io.efface.media;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a file holds, without any value of its metadata.
 *
 * @param path the file
 * @param container libav's name of the format, the first of several: {@code mov}, {@code matroska}
 * @param streams every stream, in the container's order
 * @param video index of the stream that is the picture
 * @param still whether the file is a still image
 * @param frames how many frames the picture has, where the container tells; an estimate
 * @param extras what else the file carries beside its streams
 * @param truncated why the file seems to end in the middle, if it does
 */
public record MediaInfo(
    Path path,
    String container,
    List<Stream> streams,
    int video,
    boolean still,
    OptionalLong frames,
    List<Extra> extras,
    Optional<String> truncated) {

  /** The kind of extra that pages of a TIFF, or pictures of an animation, are, save the first. */
  public static final String FURTHER_PICTURES = "further pictures";

  /** How libav's names of the formats end that hold a picture as it is: {@code jpeg_pipe}. */
  static final String PHOTO = "_pipe";

  /** Kinds of streams. */
  public enum Kind {
    VIDEO,
    AUDIO,
    SUBTITLE,
    DATA,
    /** A cover or thumbnail stored as a one-frame video stream. */
    ATTACHED_PICTURE,
    ATTACHMENT
  }

  /**
   * One stream.
   *
   * @param index its number in the file
   * @param kind what it carries
   * @param codec libav's name of the codec, {@code none} where unknown
   * @param timeBase seconds a tick
   */
  public record Stream(int index, Kind kind, String codec, Rational timeBase) {}

  /**
   * Something a file carries beside its streams: what kind and how much, never what it says.
   *
   * @param kind such as {@code file tags}
   * @param count how many, at least 1
   */
  public record Extra(String kind, int count) {}

  /** Copies the lists. */
  public MediaInfo {
    streams = List.copyOf(streams);
    extras = List.copyOf(extras);
  }

  /** Whether the file is a still that no container of films holds. */
  boolean isPhoto() {
    return container.endsWith(PHOTO);
  }

  /** The stream that is the picture. */
  public Stream videoStream() {
    return streams.get(video);
  }
}
