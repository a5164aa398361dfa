package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.manifest.Decision;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.Rational;
import io.efface.media.TimesDigest;
import io.efface.media.VideoFrame;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.report.Check;
import io.efface.testing.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameAuditTest {
  /** Ticks a frame of Matroska at 25 frames a second. */
  private static final long TICKS = 40;

  private static final int FRAMES = 12;

  /** Of a picture that is made here, in pixels. */
  private static final int WIDTH = 192;

  private static final int HEIGHT = 72;

  @TempDir static Path folder;
  private static Path film = Path.of("");

  @BeforeAll
  static void makeFilm() {
    film = film("testsrc2=s=64x48:r=25:d=0.48", "film.mkv");
  }

  private static Path film(String source, String name) {
    return FfmpegPrograms.make(
        "-f", "lavfi", "-i", source, "-c:v", "libx264", "-g", "3", folder.resolve(name));
  }

  @Test
  void whatWasPlannedPasses() {
    assertThat(faults(film, times(FRAMES, 0), 1)).isEmpty();
  }

  @Test
  void anotherCountOrTimeOrNumberOfStreamsFails() {
    String times = "shows its frames at other times than planned (the file)";
    assertThat(faults(film, times(FRAMES - 1, 0), 1)).containsExactly(times);
    assertThat(faults(film, times(FRAMES + 1, 0), 1)).containsExactly(times);
    assertThat(faults(film, times(FRAMES, 1), 1)).containsExactly(times);
    assertThat(faults(film, times(FRAMES, 0), 2))
        .containsExactly("holds 1 streams instead of 2 (the file)");
  }

  @Test
  void aFileThatEndsInTheMiddleFails() throws IOException {
    byte[] whole = Files.readAllBytes(film);
    Path cut = Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(faults(cut, times(FRAMES, 0), 1)).anyMatch(line -> line.contains("is not whole"));
  }

  /** Pictures whose key picture is gone are decoded by libav and never given out. */
  @Test
  void packetsThatShowNothingFail() {
    Path lost =
        FfmpegPrograms.make(
            "-i", film, "-c", "copy", "-bsf:v", "noise=drop=not(n)", folder.resolve("lost.mkv"));
    assertThat(faults(lost, times(FRAMES, 0), 1))
        .contains("shows " + (FRAMES - 3) + " frames of " + (FRAMES - 1) + " packets (the file)");
  }

  @Test
  void picturesThatDoNotDecodeCleanlyFail() throws IOException {
    byte[] broken = Files.readAllBytes(film);
    Arrays.fill(broken, broken.length / 2, broken.length / 2 + 200, (byte) 0x55);
    Path file = Files.write(folder.resolve("broken.mkv"), broken);
    assertThat(faults(file, times(FRAMES, 0), 1)).isNotEmpty();
  }

  @Test
  void aFileThatIsNoVideoFails() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mkv"), "no film");
    assertThat(faults(text, times(FRAMES, 0), 1)).containsExactly("cannot be read back (the file)");
  }

  @Test
  void aCheckThatIsNotAskedForIsNotShownAsPassed() {
    Reference reference = reference(times(FRAMES, 0), 1);
    assertThat(audit(film, OutputAudit.Level.FAST, reference).checks())
        .filteredOn(Check::ran)
        .extracting(Check::name)
        .containsExactly(Check.CONTAINER, Check.FRAMES);
    assertThat(audit(film, OutputAudit.Level.OFF, reference).checks())
        .hasSize(4)
        .noneMatch(Check::ran);
  }

  @Test
  void framesForWhichTheInputHasNoneAreAFinding() throws IOException {
    Path shorter = film("testsrc2=s=64x48:r=25:d=0.28", "shorter.mkv");
    String ended = " frames could not be held against the input, which ended before (the file)";
    assertThat(held(film, film)).isEmpty();
    assertThat(held(film, shorter)).containsExactly(FRAMES - 7 + ended);
  }

  /** What is found in a film without objects, held against its input. */
  private static List<String> held(Path film, Path original) throws IOException {
    Manifest manifest =
        Manifests.of(
            new Manifest.Input(
                FileIdentity.of(film),
                "matroska",
                0,
                "h264",
                64,
                48,
                Orientation.UPRIGHT,
                Rational.UNKNOWN,
                new Rational(1, 1000),
                FRAMES),
            List.of(Label.FACE),
            List.of(),
            Decision.REDACT);
    Reference reference =
        new Reference(
            Optional.of(manifest),
            Optional.of(original),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());
    return audit(film, OutputAudit.Level.FULL, reference).findings().stream()
        .map(Finding::toString)
        .filter(line -> line.contains("held against"))
        .toList();
  }

  @Test
  void aFilmThatIsBrighterThroughoutFails() {
    assertThat(compared(List.of(), 25, 25))
        .containsExactly(
            "is brighter, darker or of another contrast than the input throughout (the file)");
  }

  @Test
  void aFilmThatIsOnlyLateWithAChangeOfLightPasses() {
    assertThat(compared(List.of(), 0, 25)).isEmpty();
    assertThat(compared(List.of(), 10, 10)).isEmpty();
  }

  @Test
  void nothingIsSaidOfTheBrightnessOfWhatIsAllCovered() {
    assertThat(compared(List.of(new Box(0, 0, WIDTH, HEIGHT)), 25, 25)).isEmpty();
  }

  /** What is found in frames that are so much brighter than their input, beside what is covered. */
  private static List<String> compared(List<Box> covered, int... brighter) {
    try (FrameAudit audit = new FrameAudit(reference(times(FRAMES, 0), 1))) {
      VideoFrame input = picture(0);
      for (int codes : brighter) {
        audit.compare(picture(codes), input, covered);
      }
      return audit.finish(Optional.empty()).stream().map(Finding::toString).toList();
    }
  }

  private static VideoFrame picture(int brighter) {
    PixelLayout layout = new PixelLayout(PixelLayout.ColourModel.GREY, 0, 0, 8, true);
    VideoFrame frame = VideoFrame.allocate(layout, WIDTH, HEIGHT);
    Plane luma = frame.planes().get(0);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        luma.data().put(y * luma.stride() + x, (byte) (50 + x / 2 + y + brighter));
      }
    }
    return frame;
  }

  private static List<String> faults(Path file, TimesDigest planned, int streams) {
    return audit(file, OutputAudit.Level.FAST, reference(planned, streams)).findings().stream()
        .filter(finding -> finding.kind() == Finding.Kind.FRAMES)
        .map(Finding::toString)
        .toList();
  }

  private static OutputAudit.Result audit(Path file, OutputAudit.Level level, Reference reference) {
    return new OutputAudit(file, level, reference, Optional.empty(), 1, () -> {}, () -> {}).run();
  }

  private static Reference reference(TimesDigest planned, int streams) {
    return new Reference(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(planned),
        OptionalInt.of(streams));
  }

  private static TimesDigest times(int frames, long lastLate) {
    TimesDigest times = new TimesDigest();
    for (int i = 0; i < frames; i++) {
      times.add(TICKS * i + (i == frames - 1 ? lastLate : 0));
    }
    return times;
  }
}
