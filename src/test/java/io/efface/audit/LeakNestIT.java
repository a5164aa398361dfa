package io.efface.audit;

import static io.efface.audit.Pieces.box;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.indexOf;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u32;
import static io.efface.testing.SyntheticVideo.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.SyntheticVideo;
import io.efface.testing.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inputs with a secret in every place that a container has for one. The outputs are judged by a
 * search for its bytes, by the audit, and by exiftool (Debian: libimage-exiftool-perl).
 */
class LeakNestIT {
  /** How exiftool calls what describes the coding, and no more; a track's number is left out. */
  private static final Set<String> STRUCTURE = Set.copyOf(lines("structure.txt"));

  /**
   * The number that tells private messages apart; not zeros, which would look like a start code.
   */
  private static final byte[] NO_NAME = text("sixteen letters.");

  /** How exiftool shows a date that is not set. */
  private static final String NO_DATE = "0000:00:00 00:00:00";

  @TempDir Path folder;

  private Path redact(Path input, String name) {
    Path output = folder.resolve(name);
    new RedactionPipeline().redact(Jobs.redaction(input, output, 320), Progress.NONE);
    return output;
  }

  private void assertClean(Path output) throws IOException {
    byte[] bytes = Files.readAllBytes(output);
    for (Charset charset :
        List.of(
            StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String planted : List.of(SECRET, "+48.8577", "GoPro", "2024-02-03")) {
        assertThat(indexOf(bytes, planted.getBytes(charset))).as(planted).isNegative();
      }
    }
    assertThat(ContainerAudit.check(output)).isEmpty();
    Map<String, String> tags = tags(output);
    Set<String> beside = new TreeSet<>(tags.keySet());
    beside.removeAll(STRUCTURE);
    assertThat(beside).as("what exiftool finds beside structure").isEmpty();
    tags.forEach(
        (name, value) -> {
          if (name.endsWith("Date")) {
            assertThat(value).as(name).matches("(" + NO_DATE + "(, )?)+");
          }
        });
  }

  /** What exiftool tells of a file, without its own version and what the file system knows. */
  private Map<String, String> tags(Path file) throws IOException {
    Map<String, String> tags = new TreeMap<>();
    JsonNode all = new ObjectMapper().readTree(exiftool("-j", "-G1", "-a", "-u", "-ee", file));
    for (Map.Entry<String, JsonNode> tag : all.get(0).properties()) {
      String name = tag.getKey().replaceAll("^Track\\d+:", "Track:");
      if (name.contains(":") && !name.startsWith("System:") && !name.startsWith("Exif")) {
        tags.merge(name, tag.getValue().asText(), (one, other) -> one + ", " + other);
      }
    }
    assertThat(tags).as("what exiftool knows of any file").containsKey("File:FileType");
    return tags;
  }

  private String exiftool(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("exiftool"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(folder.resolve("exiftool.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor()).as("exit of exiftool").isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return Files.readString(folder.resolve("exiftool.txt"), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"mp4, true", "mkv, true", "mp4, false", "mov, false"})
  void nothingOfANestInMp4ComesAlong(String ending, boolean told) throws IOException {
    Path nest = folder.resolve("nest.mp4");
    SyntheticVideo film =
        SyntheticVideo.named("film.mp4")
            .frames(30)
            .gop(10)
            .audio("aac", 48000)
            .muxing("-metadata", "encoder=" + SECRET, "-metadata:s:v", "encoder=" + SECRET);
    if (told) {
      film.subtitles().chapters().secondVideo();
    } else {
      film.attachedPicture().startingAt(0.5);
    }
    byte[] planted = withTelemetry(Files.readAllBytes(film.in(folder)));
    Files.write(nest, planted);
    Files.write(
        nest,
        box("uuid", hex("be7acfcb97a942e89c71999491e3afac"), xmp()),
        StandardOpenOption.APPEND);
    Files.writeString(nest, SECRET, StandardOpenOption.APPEND);
    assertThat(indexOf(Files.readAllBytes(nest), text(SECRET))).isPositive();
    assertThat(tags(nest).keySet()).anyMatch(tag -> !STRUCTURE.contains(tag));
    assertClean(redact(nest, "out." + ending));
  }

  /** A track of metadata such as GoPro's cameras write, with one sample behind everything else. */
  private static byte[] withTelemetry(byte[] film) {
    byte[] name = text("GoPro MET");
    byte[] sample = text("GPS5" + SECRET);
    int moov = indexOf(film, text("moov")) - 4;
    int size = ByteBuffer.wrap(film).getInt(moov);
    byte[] track = telemetry(name, sample.length, film.length + 8);
    byte[] movie = join(Arrays.copyOfRange(film, moov, moov + size), track);
    ByteBuffer.wrap(movie).putInt(0, movie.length);
    byte[] blank = film.clone();
    System.arraycopy(text("free"), 0, blank, moov + 4, 4);
    return join(blank, box("mdat", sample), movie);
  }

  private static byte[] telemetry(byte[] name, int bytes, int offset) {
    byte[] header = u32(7, 0, 0, 99, 0, 1000, 0, 0, 0, 0, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0);
    byte[] tables =
        join(
            box("stsd", u32(0, 1), box("gpmd", u32(0, 1))),
            box("stts", u32(0, 1, 1, 1000)),
            box("stsc", u32(0, 1, 1, 1, 1)),
            box("stsz", u32(0, bytes, 1)),
            box("stco", u32(0, 1, offset)));
    byte[] info =
        box(
            "minf",
            box("nmhd", u32(0)),
            box("dinf", box("dref", u32(0, 1), box("url ", u32(1)))),
            box("stbl", tables));
    byte[] handler = box("hdlr", u32(0, 0), text("meta"), u32(0, 0, 0), name, new byte[1]);
    byte[] media = box("mdia", box("mdhd", u32(0, 0, 0, 1000, 1000, 0)), handler, info);
    return box("trak", box("tkhd", header, u32(0x40000000, 0, 0)), media);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "webm", "mp4"})
  void nothingOfANestInMatroskaComesAlong(String ending) throws IOException {
    Path nest =
        SyntheticVideo.named("nest.mkv")
            .frames(10)
            .audio(
                "vorbis",
                48000,
                "-strict",
                "experimental",
                "-ac",
                "2",
                "-metadata:s:a",
                "title=" + SECRET)
            .subtitles()
            .chapters()
            .secondVideo()
            .attachment()
            .in(folder);
    Files.writeString(nest, SECRET, StandardOpenOption.APPEND);
    assertClean(redact(nest, "out." + ending));
  }

  /** Captions (A/53 in a registered message) and an encoder's name before every frame. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void noMessageInsideThePicturesComesAlong(String ending) throws IOException {
    Path film = SyntheticVideo.named("raw.h264").frames(8).gop(4).in(folder);
    Path spoken = folder.resolve("spoken.h264");
    Files.write(spoken, withMessages(Files.readAllBytes(film)));
    Path nest = folder.resolve("spoken.mp4");
    Tool.FFMPEG.runOrFail(
        List.of("-v", "error", "-y", "-i", spoken.toString(), "-c", "copy", nest.toString()));
    assertThat(ContainerAudit.check(nest))
        .extracting(finding -> finding.kind().id())
        .contains("user-data");
    assertClean(redact(nest, "out." + ending));
  }

  private static byte[] withMessages(byte[] raw) {
    byte[] words = text(SECRET);
    byte[] captions = join(hex("b500314741393403c5ff"), triplets(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length; i++) {
      boolean start = i + 3 < raw.length && raw[i] == 0 && raw[i + 1] == 0 && raw[i + 2] == 1;
      int type = start ? raw[i + 3] & 0x1f : 0;
      if (type == 1 || type == 5) {
        out.writeBytes(message(4, captions));
        out.writeBytes(message(5, join(NO_NAME, words)));
      }
      out.write(raw[i]);
    }
    return out.toByteArray();
  }

  /** Pairs of characters of field one, as CEA-608 has them. */
  private static byte[] triplets(byte[] words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i + 1 < 10; i += 2) {
      out.writeBytes(new byte[] {(byte) 0xfc, words[i], words[i + 1]});
    }
    out.write(0xff);
    return out.toByteArray();
  }

  private static byte[] message(int type, byte[] body) {
    byte[] head = {0, 0, 1, 6, (byte) type, (byte) body.length};
    return join(head, body, new byte[] {(byte) 0x80});
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "webp", "tif"})
  void nothingOfANestInAStillComesAlong(String ending) throws IOException {
    Path nest = folder.resolve("nest.jpg");
    Path thumbnail = folder.resolve("thumbnail.jpg");
    Tool.FFMPEG.runOrFail(picture("testsrc2=s=320x240", nest));
    Tool.FFMPEG.runOrFail(picture("mandelbrot=s=64x48", thumbnail));
    exiftool(
        "-overwrite_original",
        "-Comment=" + SECRET,
        "-Artist=" + SECRET,
        "-Make=GoPro",
        "-GPSLatitude=48.8577",
        "-GPSLatitudeRef=N",
        "-DateTimeOriginal=2024:02:03 04:05:06",
        "-XMP:Title=" + SECRET,
        "-IPTC:Caption-Abstract=" + SECRET,
        "-ThumbnailImage<=" + thumbnail,
        nest);
    Path motion = SyntheticVideo.named("motion.mp4").frames(4).in(folder);
    Files.write(nest, Files.readAllBytes(motion), StandardOpenOption.APPEND);
    assertThat(tags(nest)).containsKey("IFD1:ThumbnailImage");
    assertClean(redact(nest, "out." + ending));
  }

  private static List<String> picture(String source, Path target) {
    return List.of(
        "-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "1", target.toString());
  }

  private static byte[] xmp() {
    return ("<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + "</x:xmpmeta>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(String resource) {
    try (InputStream in = Objects.requireNonNull(LeakNestIT.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
