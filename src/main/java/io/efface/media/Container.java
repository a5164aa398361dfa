package io.efface.media;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The containers of video that Efface writes. */
public enum Container {
  MP4("mp4", " mp4 m4v "),
  MOV("mov", " mov "),
  MATROSKA("matroska", " mkv "),
  WEBM("webm", " webm ");

  private final String muxer;

  /** Names end in one of these; each has a blank on both sides. */
  private final String endings;

  Container(String muxer, String endings) {
    this.muxer = muxer;
    this.endings = endings;
  }

  /** The container that a file's name asks for. */
  public static Optional<Container> ofName(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (Container container : values()) {
      if (container.endings.contains(" " + ending + " ")) {
        return Optional.of(container);
      }
    }
    return Optional.empty();
  }

  /** libav's name of the format. */
  String muxer() {
    return muxer;
  }

  /** Whether the container can hold a codec's pictures; libav writes no VP9 or AV1 to QuickTime. */
  public boolean holds(VideoCodec codec) {
    boolean open = codec == VideoCodec.VP9 || codec == VideoCodec.AV1;
    return switch (this) {
      case MP4, MATROSKA -> true;
      case MOV -> !open;
      case WEBM -> open;
    };
  }

  /** The codec that is written where the container does not hold the input's. */
  VideoCodec usual() {
    return this == WEBM ? VideoCodec.VP9 : VideoCodec.H264;
  }

  /** Whether times before zero can be written. */
  boolean holdsNegativeTimes() {
    return this == MP4 || this == MOV;
  }
}
