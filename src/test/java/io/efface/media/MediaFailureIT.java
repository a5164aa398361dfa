package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read or written is said in one line that names the file. */
final class MediaFailureIT {
  private static final Path DATA = Path.of(System.getProperty("efface.data", "../shared/data"));

  @TempDir Path folder;

  private static void failsInOneLine(Path file, String why, ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isInstanceOf(MediaException.class).hasMessageContaining(why);
    assertThat(failure).hasMessageStartingWith(file + ": ").hasMessageNotContaining("\n");
    assertThat(((MediaException) failure).path()).isEqualTo(file);
  }

  private static void cannotBeOpened(Path file, String why) {
    failsInOneLine(file, why, () -> VideoReader.open(file, 1).close());
  }

  @Test
  void whatIsNoFilmIsNamedAsWhatItIs() throws IOException {
    cannotBeOpened(folder.resolve("missing.mp4"), "no such file");
    cannotBeOpened(folder, "is a folder");
    cannotBeOpened(Files.createFile(folder.resolve("empty.mp4")), "is empty");
    Path text = Files.writeString(folder.resolve("text.mp4"), "This is no film.\n".repeat(500));
    cannotBeOpened(text, "is not a video or picture");
    Path list = Files.writeString(folder.resolve("list.mp4"), "#EXTM3U\n#EXTINF:1,\na.ts\n");
    cannotBeOpened(list, "is not a video or picture");
    Path script = Files.writeString(folder.resolve("a.mp4"), "ffconcat version 1.0\nfile b.mp4\n");
    cannotBeOpened(script, "is not a video or picture");
    cannotBeOpened(Files.write(folder.resolve("zero.mkv"), new byte[5000]), "is not a video");
  }

  @Test
  void aFileWithoutPermissionIsNamed() throws IOException {
    Path clip = SyntheticVideo.named("a.mp4").in(folder);
    Files.setPosixFilePermissions(clip, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(clip), "whoever runs this may read everything");
    cannotBeOpened(clip, "permissions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subsample_encrypted_altref.webm", "subsample_encrypted_noaltref.webm"})
  void encryptedFilmsGiveNoFrame(String name) {
    assumeTrue(!Boolean.getBoolean("efface.noRealFootage"), "no real footage here");
    Path file = DATA.resolve("media").resolve(name);
    assertThat(framesOrRefusal(file)).as("clean frames").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample_audio_only_15s.mp4", "sample_mp2_audio.mp4"})
  void soundAloneIsRefused(String name) {
    assumeTrue(!Boolean.getBoolean("efface.noRealFootage"), "no real footage here");
    Path file = DATA.resolve("media").resolve(name);
    failsInOneLine(file, "has no video in it", () -> VideoReader.open(file, 1).close());
  }

  /** Frames without a fault, 0 where the file is refused in one line. */
  private static int framesOrRefusal(Path file) {
    int clean = 0;
    try (VideoReader reader = VideoReader.open(file, 1)) {
      for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
        clean += next.get().corrupt() ? 0 : 1;
      }
    } catch (MediaException e) {
      assertThat(e).hasMessageStartingWith(file + ": ").hasMessageNotContaining("\n");
    }
    return clean;
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4, 0.6",
    "a.mp4, 0.95",
    "front.mp4, 0.6",
    "front.mp4, 0.99",
    "a.mov, 0.5",
    "a.mkv, 0.3",
    "a.mkv, 0.99",
    "a.webm, 0.7",
    "a.avi, 0.5",
    "a.avi, 0.97"
  })
  void aCopyThatWasBrokenOffIsNotTakenForAShortFilm(String name, double share) {
    SyntheticVideo whole = SyntheticVideo.named(name).frames(50).audio("libopus", 48000);
    if (name.endsWith("webm")) {
      whole = whole.codec("libvpx-vp9", "-cpu-used", "8");
    } else if (!name.endsWith("mkv")) {
      whole = SyntheticVideo.named(name).frames(50);
    }
    if (name.equals("front.mp4")) {
      whole = whole.muxing("-movflags", "+faststart");
    }
    Path clip = whole.in(folder);
    try (Demuxer demuxer = Demuxer.open(clip)) {
      assertThat(demuxer.damage()).isEmpty();
    }
    Path part = SyntheticVideo.truncated(clip, share, folder.resolve("part-" + name));
    Optional<String> damage;
    try (Demuxer demuxer = Demuxer.open(part)) {
      while (demuxer.read().isPresent()) {
        // to its end
      }
      damage = demuxer.damage();
    } catch (MediaException e) {
      damage = Optional.of(e.toString());
    }
    assertThat(damage).hasValueSatisfying(d -> assertThat(d).isNotBlank().doesNotContain("\n"));
  }

  private static void putChunk(ByteBuffer out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
  }

  @Test
  void absurdSizesAreRefusedBeforeTheyTakeMemory() throws IOException {
    ByteBuffer png = ByteBuffer.allocate(200);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    byte[] header =
        ByteBuffer.allocate(13).putInt(60000).putInt(60000).put((byte) 8).put((byte) 2).array();
    putChunk(png, "IHDR", header);
    putChunk(png, "IDAT", new byte[] {0x78, (byte) 0x9c, 0x63, 0, 0, 0, 1, 0, 1});
    putChunk(png, "IEND", new byte[0]);
    Path picture = Files.write(folder.resolve("huge.png"), png.array());
    assertThat(framesOrRefusal(picture)).isZero();
    Path film = Files.write(folder.resolve("huge.h264"), Huge.h264(60000));
    assertThat(framesOrRefusal(film)).isZero();
    Path small = Files.write(folder.resolve("small.h264"), Huge.h264(64));
    try (Demuxer demuxer = Demuxer.open(small)) {
      assertThat(demuxer.stream(0).codecpar().width()).as("the header is sound").isEqualTo(64);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"o.mp4", "o.mov", "o.mkv", "o.webm"})
  void aFullDiskIsSaid(String name) throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    Path clip = SyntheticVideo.named("a.mp4").frames(10).in(folder);
    Path full = Files.createSymbolicLink(folder.resolve(name), Path.of("/dev/full"));
    failsInOneLine(
        full,
        "is the disk full?",
        () -> Transcode.run(clip, full, Transcode.quick(Optional.empty()), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"o.jpg", "o.png", "o.webp", "o.tif"})
  void aFullDiskIsSaidForStills(String name) throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    Path clip = SyntheticVideo.named("a.mp4").frames(1).in(folder);
    Path full = Files.createSymbolicLink(folder.resolve(name), Path.of("/dev/full"));
    try (VideoReader reader = VideoReader.open(clip, 1)) {
      VideoFrame frame = reader.next().orElseThrow();
      ImageWriter writer = new ImageWriter(full, ImageFormat.ofName(full).orElseThrow(), 75);
      failsInOneLine(full, "is the disk full?", () -> writer.write(frame));
    }
  }

  @Test
  void anOutputThatCannotBeCreatedIsNamed() {
    Path clip = SyntheticVideo.named("a.mp4").frames(5).in(folder);
    EncoderSettings settings = Transcode.quick(Optional.empty());
    for (String name : new String[] {"missing/o.mp4", "missing/o.mkv"}) {
      Path out = folder.resolve(name);
      failsInOneLine(out, "cannot be created", () -> Transcode.run(clip, out, settings, true));
    }
    Path webm = folder.resolve("o.webm");
    assertThatThrownBy(
            () -> Transcode.run(clip, webm, Transcode.quick(Optional.of(VideoCodec.H264)), true))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("WebM holds VP9 or AV1");
  }
}
