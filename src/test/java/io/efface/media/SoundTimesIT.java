package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.media.StreamDecision.Fate;
import io.efface.testing.Probe;
import io.efface.testing.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound that begins late, runs fast or belongs to another picture. */
final class SoundTimesIT {
  @TempDir Path folder;

  private Path make(String name, String... arguments) {
    Path file = folder.resolve(name);
    List<String> all = new ArrayList<>(List.of("-v", "error", "-y"));
    all.addAll(Arrays.asList(arguments));
    all.add(file.toString());
    Tool.FFMPEG.runOrFail(all);
    return file;
  }

  private List<StreamDecision> write(Path in, Path out) {
    return Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true);
  }

  /** A film of 10 s whose sound holds a second more than its times say. */
  @Test
  void soundWithMoreSamplesThanTimeStaysWithThePicture() {
    Path in =
        make(
            "in.mkv",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=64x64:r=25:d=10",
            "-f",
            "lavfi",
            "-i",
            "sine=sample_rate=48000:d=11",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            "pcm_s16le",
            "-bsf:a",
            "setts=ts=TS*10/11");
    Path out = folder.resolve("out.webm");
    assertThat(write(in, out).get(1).fate()).isEqualTo(Fate.ENCODED);
    assertThat(Sound.seconds(out, 0)).isCloseTo(10, within(0.2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"late.ts", "late.mpg"})
  void soundThatBeginsAfterTwelveSecondsIsKept(String name) {
    Path in =
        make(
            name,
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=320x240:r=25:d=14",
            "-itsoffset",
            "12",
            "-f",
            "lavfi",
            "-i",
            "sine=sample_rate=48000:d=2",
            "-c:v",
            "mpeg2video",
            "-b:v",
            "4M",
            "-c:a",
            "mp2");
    Path out = folder.resolve("out.mp4");
    write(in, out);
    List<com.fasterxml.jackson.databind.JsonNode> sounds = Probe.of(out).streams("audio");
    assertThat(sounds).hasSize(1);
    assertThat(sounds.get(0).path("start_time").asDouble()).isCloseTo(12, within(0.1));
  }

  @Test
  void soundOfAnotherProgrammeIsLeftOut() {
    Path in =
        make(
            "two.ts",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=160x96:r=25:d=1",
            "-f",
            "lavfi",
            "-i",
            "sine=d=1",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=64x64:r=25:d=1",
            "-f",
            "lavfi",
            "-i",
            "sine=600:d=1",
            "-map",
            "0",
            "-map",
            "1",
            "-map",
            "2",
            "-map",
            "3",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            "aac",
            "-program",
            "st=0:st=1",
            "-program",
            "st=2:st=3");
    List<StreamDecision> decisions = write(in, folder.resolve("out.mp4"));
    int picture =
        decisions.stream()
            .filter(decision -> decision.fate() == Fate.REDACTED)
            .findFirst()
            .orElseThrow()
            .stream()
            .index();
    for (StreamDecision decision : decisions) {
      if (decision.stream().kind() == MediaInfo.Kind.AUDIO) {
        boolean own = decision.stream().index() / 2 == picture / 2;
        assertThat(decision.fate()).isEqualTo(own ? Fate.COPIED : Fate.DROPPED);
        assertThat(decision.detail()).contains(own ? "aac" : "another programme");
      }
    }
  }
}
