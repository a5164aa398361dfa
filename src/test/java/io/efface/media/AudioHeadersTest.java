package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AudioHeadersTest {
  private static final byte[] LONG = new byte[64];

  private final AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();

  @BeforeAll
  static void fill() {
    FFmpeg.load();
    Arrays.fill(LONG, (byte) 'x');
  }

  @AfterEach
  void close() {
    avcodec.avcodec_parameters_free(parameters);
  }

  private Optional<byte[]> cleaned(int codec, byte[] header) {
    parameters.codec_id(codec);
    AudioHeaders.replace(parameters, header);
    return AudioHeaders.cleaned(parameters);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        avcodec.AV_CODEC_ID_PCM_S16LE,
        avcodec.AV_CODEC_ID_PCM_F64BE,
        avcodec.AV_CODEC_ID_PCM_MULAW,
        avcodec.AV_CODEC_ID_AC3,
        avcodec.AV_CODEC_ID_DTS,
        avcodec.AV_CODEC_ID_TRUEHD
      })
  void whatNeedsNoHeaderKeepsNone(int codec) {
    assertThat(cleaned(codec, LONG)).hasValue(new byte[0]);
  }

  @ParameterizedTest
  @CsvSource({avcodec.AV_CODEC_ID_FLAC + ", 34", avcodec.AV_CODEC_ID_ALAC + ", 36"})
  void whatHangsOnAHeaderIsCutOff(int codec, int bytes) {
    assertThat(cleaned(codec, LONG)).hasValue(Arrays.copyOf(LONG, bytes));
    assertThat(cleaned(codec, Arrays.copyOf(LONG, bytes - 1))).isEmpty();
  }

  @Test
  void anEmptyHeaderTakesTheOldOneAway() {
    AudioHeaders.replace(parameters, LONG);
    assertThat(AudioHeaders.bytes(parameters)).isEqualTo(LONG);
    AudioHeaders.replace(parameters, new byte[0]);
    assertThat(AudioHeaders.bytes(parameters)).isEmpty();
    assertThat(parameters.extradata()).isNull();
  }
}
