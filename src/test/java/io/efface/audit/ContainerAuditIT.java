package io.efface.audit;

import static io.efface.audit.Pieces.box;
import static io.efface.audit.Pieces.element;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.indexOf;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.little32;
import static io.efface.audit.Pieces.patched;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.zeros;
import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.media.EncoderSettings;
import io.efface.media.ImageFormat;
import io.efface.media.ImageWriter;
import io.efface.media.Transcode;
import io.efface.media.VideoCodec;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.VerifyJob;
import io.efface.testing.SyntheticVideo;
import io.efface.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real outputs pass the walk; the same outputs, each with one leak planted in them, do not. */
class ContainerAuditIT {
  private static final List<String> SOUNDS =
      List.of(
          "aac",
          "libopus",
          "flac",
          "alac",
          "libmp3lame",
          "ac3",
          "eac3",
          "pcm_s16le",
          "pcm_s24le",
          "vorbis",
          "");
  private static final List<String> VIDEO_ENDINGS = List.of("mp4", "mov", "mkv", "webm");
  private static final List<String> STILL_ENDINGS = List.of("jpg", "png", "webp", "tif");

  @TempDir static Path folder;

  private static final Map<String, byte[]> OUTPUTS = new HashMap<>();

  @BeforeAll
  static void makeOutputs() {
    Path film = sounding("aac");
    OUTPUTS.put("mp4", read(video(film, "plain.mp4", VideoCodec.H264)));
    OUTPUTS.put("mkv", read(video(film, "plain.mkv", VideoCodec.H264)));
    for (String ending : STILL_ENDINGS) {
      OUTPUTS.put(ending, read(still(film, "plain." + ending)));
    }
  }

  private static Path sounding(String sound) {
    SyntheticVideo film = named("in-" + sound + ".mkv").size(64, 64).frames(6).bFrames(2);
    boolean trial = sound.equals("vorbis");
    if (!sound.isEmpty()) {
      String[] options =
          trial ? new String[] {"-strict", "experimental", "-ac", "2"} : new String[0];
      film.audio(sound, 48000, options);
    }
    return film.in(folder);
  }

  private static Path video(Path in, String out, VideoCodec codec) {
    EncoderSettings quick = Transcode.quick(Optional.of(codec));
    Path target = folder.resolve(out);
    Transcode.run(in, target, quick, true);
    return target;
  }

  private static Path still(Path in, String out) {
    Path target = folder.resolve(out);
    try (VideoReader reader = VideoReader.open(in, 1)) {
      VideoFrame frame = reader.next().orElseThrow();
      new ImageWriter(target, ImageFormat.ofName(target).orElseThrow(), 80).write(frame);
    }
    return target;
  }

  private static byte[] honest(String ending) {
    return Objects.requireNonNull(OUTPUTS.get(ending));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void honestOutputsPass() {
    List<Path> outputs = new ArrayList<>();
    for (String sound : SOUNDS) {
      Path in = sounding(sound);
      for (String ending : VIDEO_ENDINGS) {
        VideoCodec codec = ending.equals("webm") ? VideoCodec.VP9 : VideoCodec.H264;
        outputs.add(video(in, "of-" + sound + "." + ending, codec));
      }
    }
    Path film = sounding("aac");
    outputs.add(video(film, "hevc.mov", VideoCodec.HEVC));
    for (VideoCodec codec : List.of(VideoCodec.HEVC, VideoCodec.AV1, VideoCodec.VP9)) {
      for (String ending : List.of("mp4", "mkv")) {
        outputs.add(video(film, codec.id() + "." + ending, codec));
      }
    }
    outputs.add(video(film, "av1.webm", VideoCodec.AV1));
    for (String ending : STILL_ENDINGS) {
      outputs.add(still(film, "still." + ending));
      outputs.add(still(small("deep.mkv").pixelFormat("yuv422p10le").in(folder), "deep." + ending));
    }
    outputs.add(
        video(
            small("turned.mp4").displayed(90, false, false).in(folder), "t.mp4", VideoCodec.H264));
    outputs.add(
        video(small("turn.mp4").displayed(90, true, false).in(folder), "t.mkv", VideoCodec.H264));
    outputs.add(video(small("field.mp4").interlaced("tt").in(folder), "f.mov", VideoCodec.H264));
    outputs.add(video(small("uneven.mp4").variableRate().in(folder), "u.mp4", VideoCodec.HEVC));
    outputs.add(video(small("hdr.mp4").hdr10().in(folder), "h.mp4", VideoCodec.HEVC));
    outputs.add(video(small("hdr.mkv").hdr10().in(folder), "h.mkv", VideoCodec.AV1));
    Path cut = small("cut.mp4").frames(50).gop(25).audio("aac", 48000).startingAt(0.5).in(folder);
    outputs.add(video(cut, "c.mp4", VideoCodec.H264));
    outputs.add(video(cut, "c.mkv", VideoCodec.H264));
    assertThat(outputs).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    for (Path output : outputs) {
      assertThat(ContainerAudit.check(output)).as(output.getFileName().toString()).isEmpty();
    }
  }

  private static SyntheticVideo small(String name) {
    return named(name).size(64, 64).frames(6);
  }

  private static Arguments leak(String what, String ending, UnaryOperator<byte[]> plant) {
    return Arguments.of(what, ending, plant);
  }

  static List<Arguments> leaks() {
    List<Arguments> all = new ArrayList<>();
    byte[] words = text("PlantedSecretQx7");
    all.add(leak("udta", "mp4", f -> inMovie(f, "moov", box("udta", box("name", words)))));
    all.add(
        leak("meta", "mp4", f -> inMovie(f, "moov", box("meta", zeros(4), box("ilst", words)))));
    all.add(leak("\u00a9xyz", "mp4", f -> inMovie(f, "moov", box("\u00a9xyz", words))));
    all.add(leak("udta of a track", "mp4", f -> inMovie(f, "trak", box("udta", words))));
    all.add(leak("uuid", "mp4", f -> join(f, box("uuid", zeros(16), words))));
    all.add(leak("chapters", "mp4", f -> inMovie(f, "trak", box("tref", box("chap", u32(2))))));
    all.add(leak("a time", "mp4", f -> patched(f, "mvhd", 8, u32(0xdeadbeefL))));
    all.add(leak("a track's time", "mp4", f -> patched(f, "tkhd", 12, u32(0xdeadbeefL))));
    all.add(
        leak("a handler's name", "mp4", f -> patched(f, "VideoHandler", 0, text("PlantedSecre"))));
    all.add(leak("a compressor", "mp4", f -> patched(f, "avc1\0", 46, text("\u000bCompressorQ"))));
    all.add(leak("a vendor", "mp4", f -> patched(f, "avc1\0", 16, text("Qx7s"))));
    all.add(leak("free with content", "mp4", f -> join(f, box("free", words))));
    all.add(leak("bytes of no sample", "mp4", f -> join(f, box("mdat", words))));
    all.add(leak("trailing words", "mp4", f -> join(f, words)));
    all.add(leak("an edit list that hides", "mp4", f -> patched(f, "elst", 12, u32(999, 2048))));
    all.add(leak("a further track", "mp4", f -> inMovie(f, "moov", trackOf(f))));
    all.add(leak("a track of text", "mp4", f -> patched(f, "vide\0", 0, text("text"))));
    all.add(leak("an encoder's name", "mp4", f -> firstFrame(f, hex("0605"), words)));
    all.add(leak("captions", "mp4", f -> firstFrame(f, hex("0604"), words)));
    all.add(leak("a title", "mkv", f -> inSegment(f, "1549A966", element("7BA9", words))));
    all.add(leak("a date", "mkv", f -> inSegment(f, "1549A966", element("4461", zeros(8)))));
    all.add(leak("a program", "mkv", f -> inSegment(f, "1549A966", element("4D80", words))));
    all.add(leak("tags", "mkv", f -> inSegment(f, "1254C367", element("7373", words))));
    all.add(leak("an attachment", "mkv", f -> inSegment(f, "1941A469", element("61A7", words))));
    all.add(leak("chapters", "mkv", f -> inSegment(f, "1043A770", element("45B9", words))));
    all.add(leak("a full void", "mkv", f -> inSegment(f, "EC", words)));
    all.add(
        leak(
            "a frame of no track",
            "mkv",
            f -> inSegment(f, "1F43B675", element("A3", hex("85000080"), words))));
    all.add(leak("trailing words", "mkv", f -> join(f, words)));
    all.add(leak("EXIF", "jpg", f -> behind(f, 2, hex("ffe1"), u16(8), text("Exif\0\0"))));
    all.add(leak("a comment", "jpg", f -> behind(f, 2, hex("fffe"), u16(18), words)));
    all.add(leak("a film behind", "jpg", f -> join(f, box("ftyp", text("mp42")))));
    all.add(leak("text", "png", f -> behind(f, 33, u32(16), text("tEXt"), words, zeros(4))));
    all.add(leak("EXIF", "png", f -> behind(f, 33, u32(16), text("eXIf"), words, zeros(4))));
    all.add(leak("trailing words", "png", f -> join(f, words)));
    all.add(leak("EXIF", "webp", f -> exif(f, words)));
    all.add(leak("trailing words", "webp", f -> join(f, words)));
    all.add(leak("software", "tif", f -> patched(f, "(\u0001\u0003\0", 0, hex("3101"))));
    all.add(leak("trailing words", "tif", f -> join(f, words)));
    return all;
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("leaks")
  void aPlantedLeakIsFound(String what, String ending, UnaryOperator<byte[]> plant)
      throws IOException {
    byte[] honest = honest(ending);
    byte[] tampered = plant.apply(honest);
    assertThat(tampered).isNotEqualTo(honest);
    Path file = Files.write(folder.resolve("tampered"), tampered);
    List<Finding> found = ContainerAudit.check(file);
    assertThat(found).isNotEmpty();
    Outcome.Verified verified = new RedactionPipeline().verify(VerifyJob.of(file), Progress.NONE);
    assertThat(verified.findings()).as("by 'verify'").containsAll(found);
  }

  /** A leak alone must be what is found: moving the movie's header to the end is none. */
  @Test
  void theWayOfPlantingIsNoLeakItself() throws IOException {
    byte[] moved = inMovie(honest("mp4"), "moov", box("free", zeros(8)));
    assertThat(ContainerAudit.check(Files.write(folder.resolve("moved"), moved))).isEmpty();
    byte[] grown = inSegment(honest("mkv"), "EC", zeros(8));
    assertThat(ContainerAudit.check(Files.write(folder.resolve("grown"), grown))).isEmpty();
  }

  @Test
  void moreTracksThanPlannedAreFound() {
    Path film = folder.resolve("plain.mp4");
    assertThat(ContainerAudit.check(film, 2)).isEmpty();
    assertThat(ContainerAudit.check(film, 1)).hasSize(1);
  }

  @Test
  void theWalkAsksBeforeEachBlockAndEndsWithWhatIsThrown() {
    Path film = folder.resolve("plain.mp4");
    AtomicInteger blocks = new AtomicInteger();
    assertThat(ContainerAudit.check(film, OptionalInt.of(2), blocks::incrementAndGet)).isEmpty();
    assertThat(blocks).hasPositiveValue();
    CancellationException stop = new CancellationException("stop");
    assertThatThrownBy(
            () ->
                ContainerAudit.check(
                    film,
                    OptionalInt.of(2),
                    () -> {
                      throw stop;
                    }))
        .isSameAs(stop);
  }

  /** FFmpeg's own files, with nothing planted, hold its name and are found. */
  @Test
  void filesOfAnotherProgramAreJudgedToo() {
    Path copy = folder.resolve("copied.mkv");
    Tool.FFMPEG.runOrFail(
        List.of(
            "-v",
            "error",
            "-y",
            "-i",
            folder.resolve("plain.mkv").toString(),
            "-c",
            "copy",
            copy.toString()));
    assertThat(ContainerAudit.check(copy)).extracting(Finding::kind).contains(Finding.Kind.NAME);
  }

  /** Puts a box into the movie's header or its first track, without moving the samples. */
  private static byte[] inMovie(byte[] film, String parent, byte[] child) {
    int at = indexOf(film, text("moov")) - 4;
    int size = ByteBuffer.wrap(film).getInt(at);
    byte[] movie = Arrays.copyOfRange(film, at, at + size);
    ByteBuffer grown = ByteBuffer.wrap(movie);
    int end = size;
    if (parent.equals("trak")) {
      int track = indexOf(movie, text("trak")) - 4;
      end = track + grown.getInt(track);
      grown.putInt(track, grown.getInt(track) + child.length);
    }
    grown.putInt(0, size + child.length);
    byte[] more = join(Arrays.copyOf(movie, end), child, Arrays.copyOfRange(movie, end, size));
    byte[] blank = film.clone();
    Arrays.fill(blank, at + 8, at + size, (byte) 0);
    System.arraycopy(text("free"), 0, blank, at + 4, 4);
    return join(blank, more);
  }

  private static byte[] trackOf(byte[] film) {
    int at = indexOf(film, text("trak")) - 4;
    return Arrays.copyOfRange(film, at, at + ByteBuffer.wrap(film).getInt(at));
  }

  /** Writes a message over the start of the first frame, whose length stays. */
  private static byte[] firstFrame(byte[] film, byte[] header, byte[] words) {
    int data = ByteBuffer.wrap(film).getInt(indexOf(film, text("stco")) + 12);
    byte[] message = join(header, new byte[] {(byte) words.length}, words, hex("80"));
    int length = ByteBuffer.wrap(film).getInt(data);
    byte[] rest = u32(length - message.length - 4);
    byte[] copy = film.clone();
    byte[] start = join(u32(message.length), message, rest, hex("65"));
    System.arraycopy(start, 0, copy, data, start.length);
    return copy;
  }

  /** Puts an element at the end of the segment. */
  private static byte[] inSegment(byte[] film, String id, byte[] body) {
    byte[] child = element(id, body);
    byte[] grown = join(film, child);
    int size = indexOf(film, hex("18538067")) + 4;
    ByteBuffer.wrap(grown).putLong(size, ByteBuffer.wrap(film).getLong(size) + child.length);
    return grown;
  }

  private static byte[] behind(byte[] file, int at, byte[]... more) {
    return join(Arrays.copyOf(file, at), join(more), Arrays.copyOfRange(file, at, file.length));
  }

  private static byte[] exif(byte[] picture, byte[] words) {
    byte[] grown = join(picture, text("EXIF"), little32(words.length), words);
    return patched(grown, "RIFF", 4, little32(grown.length - 8));
  }
}
