package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Which codings of sound are copied into which container: those that its players read, and whose
 * packets can be kept free of all but sound. PCM and G.711 are nothing else; of AAC and Opus, what
 * decoders skip is blanked. Packets of all others have room for data that only decoding tells from
 * sound: behind their end (FLAC, ALAC, DTS, TrueHD, Vorbis), as auxiliary data (AC-3), or in frames
 * that encoders fill up with their own name (MPEG audio). The audit knows the same ones, so that
 * nothing is copied that it refuses.
 */
final class SoundCodecs {
  private static final Map<Container, Set<Integer>> COPIED = new EnumMap<>(Container.class);

  static {
    COPIED.put(
        Container.MP4,
        Set.of(
            AV_CODEC_ID_AAC,
            AV_CODEC_ID_OPUS,
            AV_CODEC_ID_PCM_S16BE,
            AV_CODEC_ID_PCM_S24LE,
            AV_CODEC_ID_PCM_S24BE,
            AV_CODEC_ID_PCM_S32LE,
            AV_CODEC_ID_PCM_S32BE,
            AV_CODEC_ID_PCM_F32LE,
            AV_CODEC_ID_PCM_F32BE,
            AV_CODEC_ID_PCM_F64LE,
            AV_CODEC_ID_PCM_F64BE));
    COPIED.put(
        Container.MOV,
        Set.of(
            AV_CODEC_ID_AAC,
            AV_CODEC_ID_PCM_U8,
            AV_CODEC_ID_PCM_S16LE,
            AV_CODEC_ID_PCM_S16BE,
            AV_CODEC_ID_PCM_S24LE,
            AV_CODEC_ID_PCM_S24BE,
            AV_CODEC_ID_PCM_S32LE,
            AV_CODEC_ID_PCM_S32BE,
            AV_CODEC_ID_PCM_F32LE,
            AV_CODEC_ID_PCM_F32BE,
            AV_CODEC_ID_PCM_F64LE,
            AV_CODEC_ID_PCM_F64BE,
            AV_CODEC_ID_PCM_ALAW,
            AV_CODEC_ID_PCM_MULAW));
    COPIED.put(
        Container.MATROSKA,
        Set.of(
            AV_CODEC_ID_AAC,
            AV_CODEC_ID_OPUS,
            AV_CODEC_ID_PCM_U8,
            AV_CODEC_ID_PCM_S16LE,
            AV_CODEC_ID_PCM_S16BE,
            AV_CODEC_ID_PCM_S24LE,
            AV_CODEC_ID_PCM_S24BE,
            AV_CODEC_ID_PCM_S32LE,
            AV_CODEC_ID_PCM_S32BE,
            AV_CODEC_ID_PCM_F32LE,
            AV_CODEC_ID_PCM_F64LE));
    COPIED.put(Container.WEBM, Set.of(AV_CODEC_ID_OPUS));
  }

  private SoundCodecs() {}

  /**
   * Whether packets of a coding may be copied.
   *
   * @param codec libav's number of it
   */
  static boolean isCopied(Container container, int codec) {
    return COPIED.getOrDefault(container, Set.of()).contains(codec);
  }
}
