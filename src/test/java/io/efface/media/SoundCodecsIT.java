package io.efface.media;

import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.efface.audit.ContainerAudit;
import io.efface.media.StreamDecision.Fate;
import io.efface.testing.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever sound a film has, none is copied that the audit refuses: it is encoded instead. */
final class SoundCodecsIT {
  @TempDir Path folder;

  /** FFmpeg's encoder, the container it writes to, and where its sound is copied to. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "aac, mkv, mp4 mov mkv",
    "ac3, mkv, ''",
    "eac3, mkv, ''",
    "alac, mov, ''",
    "dca, mkv, ''",
    "flac, mkv, ''",
    "libopus, mkv, mp4 mkv webm",
    "truehd, mkv, ''",
    "vorbis, mkv, ''",
    "libmp3lame, mkv, ''",
    "mp2, mkv, ''",
    "mp2, mov, ''",
    "tta, mkv, ''",
    "wavpack, mkv, ''",
    "wmav2, mkv, ''",
    "adpcm_ms, mkv, ''",
    "adpcm_ima_qt, mov, ''",
    "libopencore_amrnb, mov, ''",
    "pcm_u8, mov, mov mkv",
    "pcm_s16le, mov, mov mkv",
    "pcm_s16be, mov, mp4 mov mkv",
    "pcm_s24le, mkv, mov mkv",
    "pcm_s24le, mov, mp4 mov mkv",
    "pcm_s24be, mov, mp4 mov mkv",
    "pcm_s32le, mkv, mov mkv",
    "pcm_s32le, mov, mp4 mov mkv",
    "pcm_s32be, mov, mp4 mov mkv",
    "pcm_f32le, mkv, mov mkv",
    "pcm_f32le, mov, mp4 mov mkv",
    "pcm_f32be, mov, mp4 mov",
    "pcm_f64le, mkv, mov mkv",
    "pcm_f64le, mov, mp4 mov mkv",
    "pcm_f64be, mov, mp4 mov",
    "pcm_alaw, mov, mov",
    "pcm_mulaw, mov, mov",
  })
  void theAuditTakesWhatIsCopied(String encoder, String container, String copiedTo) {
    int rate = encoder.contains("amr") ? 8000 : 48000;
    String channels = encoder.contains("amr") ? "1" : "2";
    Path in =
        named("in." + container)
            .size(64, 64)
            .frames(10)
            .audio(encoder, rate, "-strict", "-2", "-ac", channels)
            .in(folder);
    for (String ending : List.of("mp4", "mov", "mkv", "webm")) {
      Path out = folder.resolve("out." + ending);
      StreamDecision sound =
          Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true).get(1);
      boolean copied = List.of(copiedTo.split(" ", -1)).contains(ending);
      assertThat(sound.fate()).as(ending).isEqualTo(copied ? Fate.COPIED : Fate.ENCODED);
      assertThat(ContainerAudit.check(out)).as(ending).isEmpty();
    }
  }

  /** AC-3 has its surround at the sides, for which AAC has no number. */
  @ParameterizedTest
  @CsvSource({"6, 5.1", "5, 5.0"})
  void surroundBecomesAacOfALayoutThatHasANumber(String channels, String layout) {
    Path in =
        named("in.mkv").size(64, 64).frames(10).audio("ac3", 48000, "-ac", channels).in(folder);
    for (String ending : List.of("mp4", "mov", "mkv")) {
      Path out = folder.resolve("out." + ending);
      Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true);
      JsonNode sound = Probe.of(out).streams("audio").get(0);
      assertThat(sound.path("codec_name").asText()).isEqualTo("aac");
      assertThat(sound.path("channel_layout").asText()).as(ending).isEqualTo(layout);
    }
  }
}
