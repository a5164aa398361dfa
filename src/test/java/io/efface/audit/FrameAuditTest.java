package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.media.TimesDigest;
import io.efface.pipeline.FfmpegPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameAuditTest {
  /** Ticks a frame of Matroska at 25 frames a second. */
  private static final long TICKS = 40;

  private static final int FRAMES = 12;
  private static final Path NAME = Path.of("out.mkv");

  @TempDir static Path folder;
  private static Path silent = Path.of("");
  private static Path still = Path.of("");

  @BeforeAll
  static void makeFiles() {
    silent = film("silent.mkv");
    still =
        FfmpegPrograms.make(
            "-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", "1", folder.resolve("s.png"));
  }

  @Test
  void whatWasPlannedPasses() {
    assertThatCode(() -> FrameAudit.checkVideo(silent, NAME, times(FRAMES, 0), 1))
        .doesNotThrowAnyException();
    assertThatCode(() -> FrameAudit.checkStill(still, NAME, 64, 48)).doesNotThrowAnyException();
  }

  @Test
  void aFrameTooFewOrTooManyFails() {
    for (int planned : new int[] {FRAMES - 1, FRAMES + 1}) {
      assertFails(silent, times(planned, 0), 1, "has 12 frames where " + planned);
    }
  }

  @Test
  void aFrameAtAnotherTimeFails() {
    assertFails(silent, times(FRAMES, 1), 1, "shows them at other times");
  }

  @Test
  void anotherNumberOfStreamsFails() {
    assertFails(silent, times(FRAMES, 0), 2, "holds 1 streams instead of 2");
    Path withSound = film("sound.mkv", "-f", "lavfi", "-i", "sine=d=0.48", "-c:a", "pcm_s16le");
    assertFails(withSound, times(FRAMES, 0), 1, "holds 2 streams instead of 1");
  }

  @Test
  void aFileThatEndsInTheMiddleFails() throws IOException {
    byte[] whole = Files.readAllBytes(silent);
    Path cut = Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(whole, whole.length / 2));
    assertFails(cut, times(FRAMES, 0), 1, "is not whole");
  }

  @Test
  void aFileThatIsNoVideoFails() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mkv"), "no film");
    assertFails(text, times(FRAMES, 0), 1, "cannot be read back");
  }

  @Test
  void aStillOfAnotherSizeFails() {
    assertThatThrownBy(() -> FrameAudit.checkStill(still, NAME, 48, 64))
        .isInstanceOf(AuditException.class)
        .hasMessage("out.mkv: has another size than the picture; it was not kept");
  }

  private static void assertFails(Path file, TimesDigest planned, int streams, String why) {
    assertThatThrownBy(() -> FrameAudit.checkVideo(file, NAME, planned, streams))
        .isInstanceOf(AuditException.class)
        .hasMessageStartingWith("out.mkv: ")
        .hasMessageContaining(why)
        .hasMessageEndingWith("it was not kept");
  }

  private static TimesDigest times(int frames, long lastLate) {
    TimesDigest times = new TimesDigest();
    for (int i = 0; i < frames; i++) {
      times.add(TICKS * i + (i == frames - 1 ? lastLate : 0));
    }
    return times;
  }

  private static Path film(String name, String... more) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=0.48"));
    args.addAll(List.of(more));
    args.addAll(List.of("-c:v", "libx264", folder.resolve(name)));
    return FfmpegPrograms.make(args.toArray());
  }
}
