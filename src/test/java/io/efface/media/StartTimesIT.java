package io.efface.media;

import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.audit.ContainerAudit;
import io.efface.audit.Finding;
import io.efface.testing.Probe;
import io.efface.testing.SyntheticVideo;
import io.efface.testing.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a film was recorded does not show in its clock, and sound starts when it did. */
final class StartTimesIT {
  private static final long EPOCH = 1_719_400_000;

  @TempDir Path folder;

  private static SyntheticVideo film(String name) {
    return named(name).size(64, 64).frames(25).bFrames(2);
  }

  private Path written(Path in, String name) {
    Path out = folder.resolve(name);
    Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true);
    return out;
  }

  private static double start(Path file, String kind) {
    return Probe.of(file).streams(kind).get(0).path("start_time").asDouble();
  }

  @ParameterizedTest
  @CsvSource({"mp4, mp4", "mp4, mkv", "mkv, mp4", "mkv, mkv", "mkv, mov"})
  void aClockThatTellsTheTimeOfDayBeginsAtZero(String from, String to) throws IOException {
    SyntheticVideo live = film("live." + from).audio("aac", 48000);
    Path in;
    if (from.equals("mp4")) {
      in = live.muxing("-movflags", "frag_keyframe+empty_moov").in(folder);
      Files.write(in, late(Files.readAllBytes(in)));
    } else {
      in = live.muxing("-output_ts_offset", Long.toString(EPOCH)).in(folder);
    }
    assertThat(start(in, "video")).isGreaterThan(1e9);
    assertThat(ContainerAudit.check(in))
        .filteredOn(finding -> finding.kind() == Finding.Kind.TIME)
        .extracting(Finding::sentence)
        .contains("a clock that counts from another time than the start");
    Path out = written(in, "out." + to);
    assertThat(start(out, "video")).isCloseTo(0, within(0.1));
    assertThat(start(out, "audio")).isCloseTo(0, within(0.1));
    assertThat(start(out, "audio") - start(out, "video"))
        .isCloseTo(start(in, "audio") - start(in, "video"), within(0.03));
    assertThat(ContainerAudit.check(out)).isEmpty();
  }

  /** Adds to the times of all fragments, whose tracks stand in the order of their numbers. */
  private static byte[] late(byte[] film) {
    ByteBuffer bytes = ByteBuffer.wrap(film);
    List<Integer> headers = places(film, "mdhd");
    List<Integer> parts = places(film, "tfhd");
    List<Integer> times = places(film, "tfdt");
    for (int i = 0; i < times.size(); i++) {
      int track = bytes.getInt(parts.get(i) + 8);
      long scale = bytes.getInt(headers.get(track - 1) + 16);
      int at = times.get(i) + 8;
      bytes.putLong(at, bytes.getLong(at) + EPOCH * scale);
    }
    return film;
  }

  private static List<Integer> places(byte[] film, String type) {
    String text = new String(film, StandardCharsets.ISO_8859_1);
    List<Integer> all = new ArrayList<>();
    for (int at = text.indexOf(type); at >= 0; at = text.indexOf(type, at + 4)) {
      all.add(at);
    }
    return all;
  }

  /** The picture's own ticks are too coarse to start sound at. */
  @ParameterizedTest
  @CsvSource({"1, mp4", "5, mp4", "1, mov"})
  void soundStartsBetweenTwoTicksOfThePicture(String rate, String ending) {
    Path still = film("slow.mkv").rate(rate).frames(4).in(folder);
    Path in = folder.resolve("in.mov");
    Tool.FFMPEG.runOrFail(
        List.of(
            "-v",
            "error",
            "-y",
            "-i",
            still.toString(),
            "-itsoffset",
            "0.87",
            "-f",
            "lavfi",
            "-i",
            "sine=duration=3",
            "-c:v",
            "copy",
            "-c:a",
            "aac",
            "-video_track_timescale",
            rate,
            "-movie_timescale",
            "48000",
            in.toString()));
    assertThat(start(in, "audio") - start(in, "video")).isCloseTo(0.87, within(0.05));
    Path out = written(in, "out." + ending);
    assertThat(start(out, "audio") - start(out, "video"))
        .isCloseTo(start(in, "audio") - start(in, "video"), within(0.002));
  }
}
