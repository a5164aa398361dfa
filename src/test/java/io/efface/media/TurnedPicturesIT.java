package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Orientation;
import io.efface.testing.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Films that say in the middle that their pictures are to be turned otherwise. */
final class TurnedPicturesIT {
  /** White on the left above, grey on the right above, black below. */
  private static final String PICTURE =
      "color=black:s=96x64:r=25,format=yuv444p,drawbox=w=48:h=32:color=white:t=fill,"
          + "drawbox=x=48:w=48:h=32:color=gray:t=fill";

  /** Tones of a frame's quarters, clockwise from the top left one: 2 is white, 0 is black. */
  private static final List<Integer> UPRIGHT = List.of(2, 1, 0, 0);

  private static final int FRAMES = 3;

  @TempDir Path folder;

  /** Expects frames that are all seen upright if they are turned as the first is to be. */
  private static void expect(Path film, int frames, Orientation orientation, boolean turned) {
    try (VideoReader reader = VideoReader.open(film, 1)) {
      int seen = 0;
      for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
        VideoFrame frame = next.get();
        assertThat(frame.orientation()).isEqualTo(orientation);
        assertThat(quarters(frame)).as("frame %d", seen).isEqualTo(UPRIGHT);
        assertThat(frame.corrupt()).isFalse();
        assertThat(frame.pts()).isEqualTo(frame.timeBase().ticks(seen / 25.0));
        seen++;
      }
      assertThat(seen).isEqualTo(frames);
      assertThat(reader.decoder().isTurned()).isEqualTo(turned);
    }
  }

  private static List<Integer> quarters(VideoFrame frame) {
    return List.of(tone(frame, -1, -1), tone(frame, 1, -1), tone(frame, 1, 1), tone(frame, -1, 1));
  }

  /**
   * Near the middle of the upright picture, where there is no black beside one of another shape.
   */
  private static int tone(VideoFrame frame, int right, int down) {
    Orientation o = frame.orientation();
    int u = o.mirroredX() ? -right : right;
    int v = o.mirroredY() ? -down : down;
    int x = frame.width() / 2 + 8 * (o.transposed() ? v : u);
    int y = frame.height() / 2 + 8 * (o.transposed() ? u : v);
    Plane luma = frame.planes().get(0);
    return Math.round((luma.data().get(y * luma.stride() + x) & 0xff) / 127f);
  }

  private byte[] draw(Orientation stored, String... options) throws IOException {
    String turns =
        (stored.mirroredX() ? ",hflip" : "")
            + (stored.mirroredY() ? ",vflip" : "")
            + (stored.transposed() ? ",transpose=cclock_flip" : "");
    Path file = folder.resolve("part");
    List<String> all = new ArrayList<>(List.of("-v", "error", "-y", "-f", "lavfi", "-i"));
    all.add(PICTURE + turns);
    all.addAll(List.of(options));
    all.add(file.toString());
    Tool.FFMPEG.runOrFail(all);
    return Files.readAllBytes(file);
  }

  private byte[] photo(Orientation stored, String format) throws IOException {
    byte[] jpeg = draw(stored, "-frames:v", "1", "-pix_fmt", format, "-q:v", "1", "-f", "mjpeg");
    return stored == Orientation.UPRIGHT ? jpeg : ImageWriterIT.turned(jpeg, stored);
  }

  private Path film(String ending, String form, List<byte[]> parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    Path raw = Files.write(folder.resolve("raw." + form), all.toByteArray());
    Path film = folder.resolve("film." + ending);
    Tool.FFMPEG.runOrFail(
        List.of(
            "-v",
            "error",
            "-y",
            "-r",
            "25",
            "-f",
            form,
            "-i",
            raw.toString(),
            "-c",
            "copy",
            film.toString()));
    return film;
  }

  @ParameterizedTest
  @CsvSource({
    "yuvj420p, UPRIGHT",
    "yuvj420p, ROTATED_90_CLOCKWISE",
    "yuvj422p, UPRIGHT",
    "yuvj422p, TRANSVERSED",
    "yuvj444p, FLIPPED_HORIZONTALLY"
  })
  void photosOfAFilm(String format, Orientation first) throws IOException {
    List<byte[]> parts = new ArrayList<>(List.of(photo(first, format)));
    for (Orientation orientation : Orientation.values()) {
      parts.add(photo(orientation, format));
    }
    expect(film("mkv", "mjpeg", parts), 9, first, true);
  }

  /** Only the first picture of each part says how it is to be turned. */
  @ParameterizedTest
  @CsvSource({
    "90, ROTATED_90_COUNTER_CLOCKWISE, mp4",
    "180, ROTATED_180, mkv",
    "270, ROTATED_90_CLOCKWISE, mp4"
  })
  void partsOfAFilm(int degrees, Orientation orientation, String ending) throws IOException {
    byte[] upright = part(Orientation.UPRIGHT, "");
    byte[] turned = part(orientation, ":display_orientation=insert:rotate=" + degrees);
    Path later = film(ending, "h264", List.of(upright, turned, upright));
    expect(later, 3 * FRAMES, Orientation.UPRIGHT, true);
    Path sooner = film(ending, "h264", List.of(turned, upright));
    expect(sooner, 2 * FRAMES, orientation, true);
    Path throughout = film(ending, "h264", List.of(turned, turned));
    expect(throughout, 2 * FRAMES, orientation, false);
  }

  private byte[] part(Orientation stored, String turn) throws IOException {
    return draw(
        stored,
        "-frames:v",
        Integer.toString(FRAMES),
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libx264",
        "-bf",
        "0",
        "-bsf:v",
        "h264_metadata=aud=remove" + turn,
        "-f",
        "h264");
  }

  /** What the container says holds for all pictures. */
  @Test
  void aFilmThatIsTurnedAsAWholeIsLeftAsItIs() throws IOException {
    Path film = film("mp4", "h264", List.of(part(Orientation.ROTATED_180, "")));
    Path turned = folder.resolve("turned.mp4");
    Tool.FFMPEG.runOrFail(
        List.of(
            "-v",
            "error",
            "-display_rotation",
            "180",
            "-i",
            film.toString(),
            "-c",
            "copy",
            turned.toString()));
    expect(turned, FRAMES, Orientation.ROTATED_180, false);
  }
}
