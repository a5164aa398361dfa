package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.testing.Probe;
import io.efface.testing.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Animations, bare pictures, and stills that are not all that they seem. */
final class FurtherFormatsIT {
  private static final int SHORT_ENTRY_VALUE = 8;

  @TempDir Path folder;

  private Path draw(String name, String filter, String... options) {
    Path file = folder.resolve(name);
    List<String> all =
        new ArrayList<>(
            List.of("-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=0.7"));
    all.addAll(List.of("-vf", filter));
    all.addAll(List.of(options));
    all.add(file.toString());
    Tool.FFMPEG.runOrFail(all);
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "a.gif, split[a][b];[a]palettegen=reserve_transparent=0[p];[b][p]paletteuse",
    "a.apng, format=rgb24",
    "a.nut, format=yuv420p",
    "a.y4m, format=yuv420p"
  })
  void everyFrameOfAFilmIsKeptAtItsTime(String name, String filter) {
    Path in = draw(name, filter, "-frames:v", "7");
    Path out = folder.resolve("out.mkv");
    Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ false);
    List<Double> times = Probe.of(out).times();
    assertThat(times).hasSize(7);
    for (int i = 0; i < times.size(); i++) {
      assertThat(times.get(i)).isCloseTo(0.1 * i, within(0.002));
    }
    assertThat(transparent(in)).isFalse();
  }

  @Test
  void anAnimationThatIsTransparentIsTold() {
    String filter = "format=rgba,geq=r=255:g=9:b=9:a=if(gt(N\\,2)*gt(X\\,40)\\,0\\,255)";
    assertThat(transparent(draw("late.apng", filter, "-frames:v", "5"))).isTrue();
    assertThat(transparent(draw("early.apng", filter, "-frames:v", "2"))).isFalse();
  }

  private static boolean transparent(Path in) {
    try (VideoReader reader = VideoReader.open(in, 1)) {
      while (reader.next().isPresent()) {
        // what is decoded is looked at
      }
      return reader.decoder().isTransparent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.ppm, rgb24",
    "a.pgm, gray",
    "a.pbm, monow",
    "a.jp2, rgb24",
  })
  void barePicturesAreStills(String name, String format) {
    Path in = draw(name, "format=" + format, "-frames:v", "1");
    try (VideoReader reader = VideoReader.open(in, 1)) {
      assertThat(reader.info().still()).isTrue();
      VideoFrame frame = reader.next().orElseThrow();
      assertThat(List.of(frame.width(), frame.height())).isEqualTo(List.of(64, 48));
      assertThat(reader.decoder().isTransparent()).isFalse();
    }
  }

  /** Of phones: a gain map, which is smaller, or the other eye's view. */
  @ParameterizedTest
  @ValueSource(strings = {"scale=160:120", "scale=640:480,hflip"})
  void whatFollowsInAJpegIsNoFrame(String filter) throws IOException {
    Path photo = draw("photo.jpg", "scale=640:480,format=yuvj420p", "-frames:v", "1");
    Path further = draw("further.jpg", filter + ",format=yuvj420p", "-frames:v", "1");
    byte[] first = Files.readAllBytes(photo);
    byte[] second = Files.readAllBytes(further);
    ByteBuffer both = ByteBuffer.allocate(first.length + second.length).put(first).put(second);
    Files.write(photo, both.array());
    try (VideoReader reader = VideoReader.open(photo, 1)) {
      assertThat(reader.info().still()).isTrue();
      assertThat(reader.next()).isPresent();
      assertThat(reader.next()).isEmpty();
      assertThat(reader.decoder().isResized()).isFalse();
    }
  }

  /** White is 235 in limited range and 255 in full. */
  @ParameterizedTest
  @CsvSource({"yuv420p, yuvj420p, 235", "yuvj420p, yuv420p, 255"})
  void recordingsOfTwoRangesThatWereJoinedGoOnInThatOfTheFirst(String one, String other, int white)
      throws IOException {
    Path film = folder.resolve("joined.h264");
    for (String format : List.of(one, other)) {
      String range = format.equals("yuv420p") ? "limited" : "full";
      String filter =
          "drawbox=c=white:t=fill,format=" + format + ",setparams=colorspace=bt709:range=" + range;
      Path part = draw(format + ".h264", filter, "-c:v", "libx264", "-frames:v", "3");
      Files.write(
          film, Files.readAllBytes(part), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    List<Integer> found = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(film, 1)) {
      for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
        Plane luma = next.get().planes().get(0);
        found.add(luma.data().get(20 * luma.stride() + 20) & 0xff);
      }
      assertThat(reader.decoder().isResized()).isFalse();
    }
    assertThat(found).hasSize(6).allSatisfy(y -> assertThat(y).isCloseTo(white, within(1)));
  }

  /** Libav makes a black picture of it and says nothing. */
  @Test
  void aTiffWithJpegInItIsRefused() throws IOException {
    Path tiff = draw("a.tif", "format=rgb24", "-frames:v", "1", "-compression_algo", "lzw");
    byte[] bytes = Files.readAllBytes(tiff);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = file.getInt(4) + 2;
    while (file.getShort(at) != 0x103) {
      at += 12;
    }
    Files.write(tiff, file.putShort(at + SHORT_ENTRY_VALUE, (short) 7).array());
    assertThatThrownBy(() -> Demuxer.open(tiff))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("JPEG in it");
  }
}
