package io.efface.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * Command lines of the FFmpeg program that comes with the libraries, for comparisons with it. It
 * writes nothing: what it makes goes to FFmpeg's null muxer.
 */
public final class FfmpegProgram {
  private FfmpegProgram() {}

  /**
   * Decodes the picture of a clip.
   *
   * @throws MediaException if the file cannot be read
   */
  public static List<String> decode(Path clip) {
    try (VideoReader reader = VideoReader.open(clip, 1)) {
      return command(clip, reader.info().video(), List.of());
    }
  }

  /**
   * Decodes the picture of a clip and encodes it as Efface would into an MP4 file, by software;
   * sound is left out.
   *
   * @throws MediaException if the file cannot be read, or is no film
   */
  public static List<String> transcode(Path clip, EncoderSettings settings) {
    try (VideoReader reader = VideoReader.open(clip, 1)) {
      if (reader.info().still()) {
        throw new MediaException(clip, "decode", "is a single picture; name a video");
      }
      VideoFrame first =
          reader
              .next()
              .orElseThrow(
                  () ->
                      new MediaException(
                          clip,
                          "decode",
                          "has no picture that can be decoded; name another video"));
      VideoCodec codec =
          settings.codec().orElse(EncoderSetup.familyOf(reader.info().videoStream().codec()));
      EncoderChoice choice =
          EncoderChoice.of(EncoderSelection.usual(codec, first.layout()), settings);
      List<String> encode = new ArrayList<>(List.of("-c:v", choice.encoder().id()));
      choice.options().forEach((key, value) -> encode.addAll(List.of("-" + key, value)));
      return command(clip, reader.info().video(), encode);
    }
  }

  private static List<String> command(Path clip, int stream, List<String> encode) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Loader.load(org.bytedeco.ffmpeg.ffmpeg.class),
                "-v",
                "error",
                "-nostdin",
                "-i",
                "file:" + clip,
                "-map",
                "0:" + stream));
    command.addAll(encode);
    command.addAll(List.of("-f", "null", "-"));
    return List.copyOf(command);
  }
}
