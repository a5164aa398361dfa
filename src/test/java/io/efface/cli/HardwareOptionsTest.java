package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.detect.Device;
import io.efface.media.EncoderWish;
import io.efface.media.KnownEncoder;
import io.efface.media.Natives;
import io.efface.media.VideoCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardwareOptionsTest {
  private final FakeRunner runner = new FakeRunner();

  @ParameterizedTest
  @CsvSource({"auto", "software"})
  void aChoiceThatIsLeftSaysNoCodec(String word) {
    assertThat(run("redact", "a.mp4", "--encoder", word).exit()).isZero();
    assertThat(runner.redacted.get(0).render().encoder().encoder())
        .isEqualTo(new EncoderWish(word));
    assertThat(runner.redacted.get(0).render().encoder().codec()).isEmpty();
  }

  @Test
  void theDefaultIsAuto() {
    run("redact", "a.mp4");
    assertThat(runner.redacted.get(0).render().encoder().encoder()).isEqualTo(EncoderWish.AUTO);
  }

  @ParameterizedTest
  @CsvSource({"LIBX265,HEVC", "LIBAOM_AV1,AV1", "LIBVPX_VP9,VP9"})
  void anEncoderSaysWhatIsWritten(KnownEncoder encoder, VideoCodec codec) {
    assertThat(run("redact", "a.mp4", "--encoder", encoder.id()).exit()).isZero();
    assertThat(run("apply", "m.json", "a.mp4", "-o", "b.mp4", "--encoder", encoder.id()).exit())
        .isZero();
    assertThat(runner.redacted.get(0).render().encoder().codec()).contains(codec);
    assertThat(runner.applied.get(0).render().encoder().encoder())
        .isEqualTo(EncoderWish.of(encoder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redact a.mp4 --encoder h264_none|is no encoder that Efface knows; choose auto",
        "redact a.mp4 --encoder mpeg4|is no encoder that Efface knows; choose auto, software or",
        "redact a.mp4 --encoder libx264 --codec hevc|libx264 writes h264, not hevc",
        "redact a.mp4 -o b.webm --encoder libx264|libx264 writes h264, which b.webm cannot hold",
        "redact a.webm --encoder libx265|libx265 writes hevc, which a.redacted.webm cannot hold",
        "apply m.json a.mp4 -o b.webm --encoder libx265|which b.webm cannot hold",
      })
  void whatCannotBeIsAFaultOfTheCommandLine(String line, String message) {
    Run run = run((Object[]) line.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(runner.redacted).isEmpty();
    assertThat(runner.applied).isEmpty();
  }

  @Test
  void anEncoderOfAnotherBuildIsAFaultOfTheCommandLine() {
    List<KnownEncoder> missing = new ArrayList<>(Arrays.asList(KnownEncoder.values()));
    missing.removeIf(Natives::has);
    assertThat(missing).isNotEmpty();
    Run run = run("redact", "a.mp4", "--encoder", missing.get(0).id());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("this build of FFmpeg has no '" + missing.get(0).id() + "'");
  }

  @Test
  void aNoteIsALineAndNoReasonToLook() throws IOException {
    runner.notes = List.of("a.mp4: h264_nvenc does not work here; encoded by libx264");
    Run run = run("redact", "a.mp4", "--quiet");
    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .isEqualTo("efface: a.mp4: h264_nvenc does not work here; encoded by libx264\n");
    String json = run("redact", "a.mp4", "--json").out();
    assertThat(new ObjectMapper().readTree(json).at("/notes/0").asText()).contains("libx264");
    assertThat(new ObjectMapper().readTree(json).at("/status").asText()).isEqualTo("done");
  }

  @Test
  void aDeviceReachesTheDetector() {
    assertThat(run("redact", "a.mp4", "--device", "cuda").exit()).isZero();
    assertThat(run("redact", "a.mp4").exit()).isZero();
    assertThat(runner.redacted.get(0).detection().device()).isEqualTo(Device.CUDA);
    assertThat(runner.redacted.get(1).detection().device()).isEqualTo(Device.AUTO);
    runner.notes = List.of("a.mp4: the detector ran on cpu");
    Run detected = run("detect", "a.mp4", "-o", "m.json", "--device", "rocm");
    assertThat(runner.detected.get(0).detection().device()).isEqualTo(Device.ROCM);
    assertThat(detected.err()).contains("efface: a.mp4: the detector ran on cpu\n");
    assertThat(run("redact", "a.mp4", "--device", "gpu").exit()).isEqualTo(2);
  }

  private Run run(Object... args) {
    return Run.of(runner, args);
  }
}
