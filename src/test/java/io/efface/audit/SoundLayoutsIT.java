package io.efface.audit;

import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.media.Transcode;
import io.efface.media.VideoCodec;
import io.efface.testing.Probe;
import io.efface.testing.SyntheticVideo;
import io.efface.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound whose channels AAC has no number for: libav lists them, and signs the list. */
class SoundLayoutsIT {
  @TempDir Path folder;

  private Path sounding(String name, String codec, String layout) {
    SyntheticVideo film = named(name).size(64, 64).frames(10);
    return film.audio(codec, 48000, "-af", "aformat=channel_layouts=" + layout).in(folder);
  }

  private Path written(Path in, String name) {
    Path out = folder.resolve(name);
    Transcode.run(in, out, Transcode.quick(Optional.of(VideoCodec.H264)), true);
    return out;
  }

  private static void assertUnsigned(Path out, int channels) throws IOException {
    assertThat(ContainerAudit.check(out)).isEmpty();
    assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).doesNotContain("Lavc");
    assertThat(Probe.of(out).streams("audio"))
        .extracting(sound -> sound.path("codec_name").asText() + sound.path("channels").asText())
        .containsExactly("aac" + channels);
    Tool.FFMPEG.runOrFail(
        List.of("-v", "error", "-xerror", "-i", out.toString(), "-f", "null", "-"));
  }

  @ParameterizedTest
  @CsvSource({"5.1(side), 6, mp4", "quad, 4, mov", "5.1(side), 6, mkv"})
  void copiedSoundLosesTheNameInItsHeader(String layout, int channels, String ending)
      throws IOException {
    Path in = sounding("in.mkv", "aac", layout);
    assertThat(ContainerAudit.check(in))
        .extracting(Finding::sentence)
        .contains("a comment in the header of the sound");
    assertUnsigned(written(in, "out." + ending), channels);
  }

  /** There the list stands in the first packet, and libav's muxer makes a header of it. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void copiedSoundOfATransportStreamLosesItToo(String ending) throws IOException {
    Path in = sounding("in.ts", "aac", "quad");
    assertUnsigned(written(in, "out." + ending), 4);
  }

  @Test
  void soundThatIsEncodedHasNoNameInItsHeader() throws IOException {
    Path in = sounding("in.mkv", "flac", "quad");
    assertUnsigned(written(in, "out.mov"), 4);
  }
}
