package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.efface.geometry.Orientation;
import io.efface.testing.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stills: upright, in their own depth, and with nothing beside the pixels. */
final class ImageWriterIT {
  private static final Path DATA = Path.of(System.getProperty("efface.data", "../shared/data"));
  private static final List<String> ENDINGS = List.of("jpg", "png", "webp", "tif");

  @TempDir Path folder;

  private Path write(Path in, String ending) {
    Path out = folder.resolve("out-" + in.getFileName() + "." + ending);
    try (VideoReader reader = VideoReader.open(in, 1)) {
      VideoFrame frame = reader.next().orElseThrow();
      new ImageWriter(out, ImageFormat.ofName(out).orElseThrow(), 95).write(frame);
    }
    return out;
  }

  private Path draw(String name, String filter, String... options) {
    Path file = folder.resolve(name);
    List<String> all =
        new ArrayList<>(
            List.of("-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=64x48", "-vf", filter));
    all.addAll(List.of("-frames:v", "1"));
    all.addAll(List.of(options));
    all.add(file.toString());
    Tool.FFMPEG.runOrFail(all);
    return file;
  }

  /** The APP1 segment of a JPEG that holds nothing but tag 0x0112. */
  private static byte[] exif(int orientation) {
    return ByteBuffer.allocate(36)
        .putShort((short) 0xffe1)
        .putShort((short) 34)
        .put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .array();
  }

  /** A JPEG with the EXIF of an orientation. */
  static byte[] turned(byte[] jpeg, Orientation orientation) {
    byte[] segment = exif(orientation.exif());
    ByteBuffer with = ByteBuffer.allocate(jpeg.length + segment.length);
    with.put(jpeg, 0, 2).put(segment).put(jpeg, 2, jpeg.length - 2);
    return with.array();
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void everyExifOrientationGivesTheSameUprightPicture(Orientation orientation) throws IOException {
    List<String> turns = new ArrayList<>();
    turns.add("format=yuvj444p");
    if (orientation.mirroredX()) {
      turns.add("hflip");
    }
    if (orientation.mirroredY()) {
      turns.add("vflip");
    }
    if (orientation.transposed()) {
      turns.add("transpose=cclock_flip");
    }
    Path upright = draw("upright.png", "format=rgb24");
    Path stored = draw("stored.jpg", String.join(",", turns), "-q:v", "1");
    Files.write(stored, turned(Files.readAllBytes(stored), orientation));
    byte[] wanted = PixelsOf.file(upright, "rgb24");
    byte[] mirrored = PixelsOf.file(draw("mirrored.png", "format=rgb24,hflip"), "rgb24");
    assertThat(PixelsOf.difference(mirrored, wanted))
        .hasValueSatisfying(d -> assertThat(d).as("of a wrong turn").isGreaterThan(28));
    for (String ending : ENDINGS) {
      byte[] found = PixelsOf.file(write(stored, ending), "rgb24");
      // What a JPEG loses of such sharp edges once, and twice where the output is lossy too.
      double most = ending.equals("png") || ending.equals("tif") ? 8 : 14;
      assertThat(PixelsOf.difference(found, wanted))
          .as(ending)
          .hasValueSatisfying(d -> assertThat(d).isLessThan(most));
    }
  }

  /** Dots an inch: no viewer draws a photo out by them. */
  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.png", "a.tif"})
  void dotsAnInchAreNoShape(String name) {
    Path source = draw(name, "setsar=1/2");
    try (VideoReader reader = VideoReader.open(source, 1)) {
      Rational declared =
          FFmpeg.rational(reader.decoder().demuxer().stream(0).codecpar().sample_aspect_ratio());
      assertThat(declared.toDouble()).as("what the file says").isEqualTo(0.5);
      assertThat(reader.next().orElseThrow().sampleAspect()).isEqualTo(new Rational(1, 1));
    }
    for (String ending : ENDINGS) {
      String told =
          Tool.FFPROBE.runOrFail(
              List.of(
                  "-v",
                  "error",
                  "-show_entries",
                  "stream=sample_aspect_ratio",
                  "-of",
                  "csv=p=0",
                  write(source, ending).toString()));
      assertThat(told.strip()).as(ending).isIn("1:1", "N/A");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rgb24, png, rgb24",
    "rgb24, tif, rgb24",
    "gray, png, gray",
    "gray, tif, gray",
    "rgb48be, png, rgb48be",
    "rgb48be, tif, rgb48le",
    "gray16be, png, gray16be",
    "gray16be, tif, gray16le",
    "pal8, png, rgb24"
  })
  void losslessFormatsKeepEverySampleAndTheDepth(String in, String ending, String out)
      throws IOException {
    Path source = draw("a.png", "format=" + (in.equals("pal8") ? "rgb8" : in), "-pix_fmt", in);
    Path result = write(source, ending);
    assertThat(Tool.FFPROBE.runOrFail(pixelFormatOf(result)).strip()).isEqualTo(out);
    assertThat(PixelsOf.file(result, out)).isEqualTo(PixelsOf.file(source, out));
  }

  private static List<String> pixelFormatOf(Path file) {
    return List.of(
        "-v", "error", "-show_entries", "stream=pix_fmt", "-of", "csv=p=0", file.toString());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "0, 0", "1, 1"})
  void transparencyIsLaidOntoBlack(String opaque, double share) {
    Path source = draw("a.png", "format=rgba,colorchannelmixer=aa=" + opaque, "-pix_fmt", "rgba");
    for (String ending : List.of("png", "tif")) {
      Path result = write(source, ending);
      assertThat(Tool.FFPROBE.runOrFail(pixelFormatOf(result)).strip()).isEqualTo("rgb24");
      byte[] rgba = PixelsOf.file(source, "rgba");
      byte[] rgb = PixelsOf.file(result, "rgb24");
      for (int i = 0; i < rgb.length; i++) {
        double wanted = share * (rgba[i / 3 * 4 + i % 3] & 0xff);
        assertThat((double) (rgb[i] & 0xff)).isCloseTo(wanted, within(1.5));
      }
    }
  }

  /** Half of a film of VP8 or VP9 is hidden by a layer of its own. */
  @ParameterizedTest
  @CsvSource({"libvpx-vp9, a.webm", "libvpx, b.webm"})
  void aFilmsTransparencyIsLaidOntoBlackToo(String encoder, String name) {
    Path source =
        draw(
            name,
            "format=yuva420p,geq=lum=200:cb=128:cr=128:a='if(lt(X,32),0,255)'",
            "-c:v",
            encoder,
            "-pix_fmt",
            "yuva420p",
            "-auto-alt-ref",
            "0");
    byte[] grey = PixelsOf.file(write(source, "png"), "gray");
    assertThat(grey[64 * 20 + 8] & 0xff).isLessThan(20);
    assertThat(grey[64 * 20 + 56] & 0xff).isGreaterThan(150);
  }

  @Test
  void transparencyInAPictureOfItsOwnIsRefused() {
    Path source = folder.resolve("a.avif");
    Tool.FFMPEG.runOrFail(
        List.of(
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=64x48,format=rgba",
            "-map",
            "0",
            "-map",
            "0",
            "-filter:v:0",
            "format=yuv420p",
            "-filter:v:1",
            "alphaextract",
            "-frames:v",
            "1",
            "-c:v",
            "libaom-av1",
            "-cpu-used",
            "8",
            source.toString()));
    assertThatThrownBy(() -> write(source, "png"))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("transparency in a picture of its own");
  }

  /** JPEG and WebP mean BT.601 whatever the input meant. */
  @ParameterizedTest
  @CsvSource({"bt709", "bt2020nc"})
  void coloursOfOtherMatricesStay(String matrix) {
    Path source =
        draw(
            "red.mp4",
            "format=rgb24,drawbox=c=0xc83214:t=fill,scale=out_color_matrix="
                + (matrix.equals("bt709") ? "bt709" : "bt2020")
                + ",format=yuv444p,setparams=colorspace="
                + matrix,
            "-c:v",
            "libx264",
            "-qp",
            "0");
    for (String ending : List.of("jpg", "webp", "png")) {
      byte[] rgb = PixelsOf.file(write(source, ending), "rgb24");
      assertThat(rgb[0] & 0xff).as(ending).isCloseTo(0xc8, within(4));
      assertThat(rgb[1] & 0xff).as(ending).isCloseTo(0x32, within(4));
      assertThat(rgb[2] & 0xff).as(ending).isCloseTo(0x14, within(4));
    }
  }

  /** The last four bytes of what libav writes tell where the next page is; here, at itself. */
  @Test
  void furtherPagesAreTold() throws IOException {
    Path source = draw("pages.tif", "format=rgb24");
    byte[] bytes = Files.readAllBytes(source);
    try (Demuxer demuxer = Demuxer.open(source)) {
      assertThat(demuxer.info().extras()).isEmpty();
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int first = file.getInt(4);
    int next = first + 2 + 12 * file.getShort(first);
    assertThat(file.getInt(next)).isZero();
    Files.write(source, file.putInt(next, first).array());
    try (Demuxer demuxer = Demuxer.open(source)) {
      assertThat(demuxer.info().extras())
          .containsExactly(new MediaInfo.Extra(MediaInfo.FURTHER_PICTURES, 999));
    }
  }

  @Test
  void aPngsOwnExifTurnsIt() throws IOException {
    Path source = draw("turned.png", "format=rgb24");
    byte[] bytes = Files.readAllBytes(source);
    byte[] exif = StillHeaderTest.tiff(ByteOrder.BIG_ENDIAN, 6, 1);
    CRC32 crc = new CRC32();
    ByteBuffer chunk = ByteBuffer.allocate(12 + exif.length).putInt(exif.length);
    chunk.put("eXIf".getBytes(StandardCharsets.US_ASCII)).put(exif);
    crc.update(chunk.array(), 4, 4 + exif.length);
    chunk.putInt((int) crc.getValue());
    ByteBuffer with = ByteBuffer.allocate(bytes.length + chunk.capacity());
    with.put(bytes, 0, 33).put(chunk.array()).put(bytes, 33, bytes.length - 33);
    Files.write(source, with.array());
    byte[] found = PixelsOf.file(write(source, "png"), "rgb24");
    Path wanted = draw("wanted.png", "format=rgb24,transpose=clock");
    assertThat(found).isEqualTo(PixelsOf.file(wanted, "rgb24"));
  }

  @Test
  void nothingOfAPhotoIsLeftButItsPixels() throws IOException {
    assumeTrue(!Boolean.getBoolean("efface.noRealFootage"), "no real footage here");
    List<Path> photos;
    try (Stream<Path> files = Files.list(DATA.resolve("media"))) {
      photos = files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
    }
    int written = 0;
    for (Path photo : photos) {
      if (photo.toString().contains("jfif-segment-shortened")) {
        continue; // cut off before its first pixel
      }
      for (String ending : ENDINGS) {
        holdsOnlyPixels(write(photo, ending), ending);
        written++;
      }
    }
    assertThat(written).isGreaterThan(30);
  }

  @Test
  void aPhotoWithoutPixelsIsRefused() {
    assumeTrue(!Boolean.getBoolean("efface.noRealFootage"), "no real footage here");
    Path photo = DATA.resolve("media/pixel-motion-photo-jfif-segment-shortened.jpg");
    assertThatThrownBy(() -> write(photo, "png"))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(photo.toString());
  }

  private static void holdsOnlyPixels(Path file, String ending) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<String> parts =
        switch (ending) {
          case "jpg" -> jpegSegments(bytes);
          case "png" -> chunks(bytes, 8, 8, 4, true);
          case "webp" -> chunks(bytes, 12, 8, 0, false);
          default -> List.of();
        };
    List<String> allowed =
        switch (ending) {
          case "jpg" -> List.of("e0", "db", "c4", "c0", "dd", "da");
          case "png" -> List.of("IHDR", "pHYs", "gAMA", "cHRM", "sRGB", "cICP", "IDAT", "IEND");
          case "webp" -> List.of("VP8 ");
          default -> List.of();
        };
    assertThat(allowed).as(file.toString()).containsAll(parts);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String word : List.of("Exif", "ICC_PROFILE", "acsp", "Lavc", "http://ns.adobe", "ftyp")) {
      assertThat(text.contains(word)).as(word + " in " + file).isFalse();
    }
    if (ending.equals("tif")) {
      assertThat(tiffTags(bytes)).doesNotContain(0x010f, 0x0110, 0x0131, 0x0132, 0x8769, 0x8825);
      assertThat(tiffTags(bytes)).isNotEmpty().doesNotContain(0x8773, 0x02bc, 0x013b, 0x010e);
    }
  }

  /** Markers up to the picture's data; that must be the last thing in the file. */
  private static List<String> jpegSegments(byte[] bytes) {
    List<String> markers = new ArrayList<>();
    int at = 2;
    while (markers.isEmpty() || !markers.get(markers.size() - 1).equals("da")) {
      markers.add(String.format("%02x", bytes[at + 1]));
      at += 2 + (((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff));
    }
    while (!(bytes[at] == (byte) 0xff && bytes[at + 1] == (byte) 0xd9)) {
      at++;
    }
    assertThat(at + 2).as("end of the picture").isEqualTo(bytes.length);
    return markers;
  }

  private static List<String> chunks(
      byte[] bytes, int start, int head, int tail, boolean sizeFirst) {
    ByteBuffer data = ByteBuffer.wrap(bytes);
    data.order(sizeFirst ? java.nio.ByteOrder.BIG_ENDIAN : java.nio.ByteOrder.LITTLE_ENDIAN);
    List<String> names = new ArrayList<>();
    int at = start;
    while (at < bytes.length) {
      int name = sizeFirst ? at + 4 : at;
      int size = data.getInt(sizeFirst ? at : at + 4);
      names.add(new String(Arrays.copyOfRange(bytes, name, name + 4), StandardCharsets.US_ASCII));
      at += head + size + tail + (sizeFirst ? 0 : size & 1);
    }
    assertThat(at).as("end of the last chunk").isEqualTo(bytes.length);
    return names;
  }

  private static List<Integer> tiffTags(byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int at = data.getInt(4);
    List<Integer> tags = new ArrayList<>();
    for (int i = 0; i < data.getShort(at); i++) {
      tags.add(data.getShort(at + 2 + 12 * i) & 0xffff);
    }
    return tags;
  }
}
