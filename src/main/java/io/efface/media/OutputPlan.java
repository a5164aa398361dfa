package io.efface.media;

import java.nio.file.Path;

/**
 * What decides the shape of the output.
 *
 * @param container the format
 * @param codec the picture's codec
 * @param encoder quality and effort
 * @param keepAudio whether sound is kept
 * @param copies whether pictures may be copied where the input's stream can be joined
 * @param threads the encoder's threads; 0 lets it choose
 */
public record OutputPlan(
    Container container,
    VideoCodec codec,
    EncoderSettings encoder,
    boolean keepAudio,
    boolean copies,
    int threads) {

  /**
   * The plan for an input and an output.
   *
   * @param layout of the input's pictures
   * @throws MediaException if the container does not hold the codec
   */
  public static OutputPlan of(
      MediaInfo input,
      PixelLayout layout,
      Path output,
      Container container,
      EncoderSettings encoder,
      boolean keepAudio,
      boolean copies,
      int threads) {
    VideoCodec family = EncoderSetup.familyOf(input.videoStream().codec());
    VideoCodec own = container.holds(family) ? family : container.usual();
    // The bundled libvpx writes 8 bits only; AV1 goes wherever VP9 does.
    boolean tooDeep = own == VideoCodec.VP9 && layout.bitDepth() > 8;
    VideoCodec codec = encoder.codec().orElse(tooDeep ? VideoCodec.AV1 : own);
    if (!container.holds(codec)) {
      throw new MediaException(
          output,
          "encode",
          (container == Container.WEBM ? "WebM holds VP9 or AV1" : "MOV holds H.264 or HEVC")
              + ", not "
              + codec.id()
              + "; choose --codec "
              + container.usual().id()
              + " or another ending");
    }
    return new OutputPlan(container, codec, encoder, keepAudio, copies, threads);
  }
}
