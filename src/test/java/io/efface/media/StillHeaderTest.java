package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Orientation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StillHeaderTest {
  @TempDir Path folder;

  private StillHeader read(String container, byte[] file) throws IOException {
    return StillHeader.read(Files.write(folder.resolve("still"), file), container);
  }

  /** Directories of one entry each, behind one another. */
  static byte[] tiff(ByteOrder order, int orientation, int pages) {
    ByteBuffer out = ByteBuffer.allocate(8 + 18 * pages).order(order);
    out.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) 42).putInt(8);
    for (int i = 1; i <= pages; i++) {
      out.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
      out.putShort((short) (i == 1 ? orientation : 1)).putShort((short) 0);
      out.putInt(i == pages ? 0 : 8 + 18 * i);
    }
    return out.array();
  }

  private static byte[] text(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] png(byte[] exif) {
    ByteBuffer out = ByteBuffer.allocate(8 + 12 + 4 + 12 + exif.length + 12);
    out.put(text("\u0089PNG\r\n\u001a\n")).putInt(4).put(text("gAMA")).putInt(9).putInt(0);
    out.putInt(exif.length).put(text("eXIf")).put(exif).putInt(0);
    return out.putInt(0).put(text("IEND")).putInt(0).array();
  }

  private static byte[] webp(byte[] exif) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text("RIFF\0\0\0\0WEBPVP8 \u0003\0\0\0abc\0EXIF"));
    out.write(exif.length);
    out.writeBytes(new byte[3]);
    out.writeBytes(exif);
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void theOrientationIsReadFromEachFormat(Orientation orientation) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      byte[] tiff = tiff(order, orientation.exif(), 1);
      assertThat(read("tiff_pipe", tiff).orientation()).isEqualTo(orientation);
      assertThat(read("png_pipe", png(tiff)).orientation()).isEqualTo(orientation);
      assertThat(read("webp_pipe", webp(tiff)).orientation()).isEqualTo(orientation);
      byte[] marked = Arrays.copyOf(text("Exif\0\0"), 6 + tiff.length);
      System.arraycopy(tiff, 0, marked, 6, tiff.length);
      assertThat(read("webp_pipe", webp(marked)).orientation()).isEqualTo(orientation);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void pagesAreCountedAndTheFirstOneCounts(int pages) throws IOException {
    StillHeader found = read("tiff_pipe", tiff(ByteOrder.BIG_ENDIAN, 6, pages));
    assertThat(found).isEqualTo(StillHeader.of(Orientation.ROTATED_90_CLOCKWISE, pages));
  }

  @ParameterizedTest
  @CsvSource({"0x103, 7, true", "0x103, 6, true", "0x103, 5, false", "0xc612, 7, false"})
  void aTiffWithJpegInItIsObjectedTo(String tag, short value, boolean objected) throws IOException {
    byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, value, 1);
    ByteBuffer.wrap(tiff).putShort(10, Integer.decode(tag).shortValue());
    assertThat(read("tiff_pipe", tiff).objection().isPresent()).isEqualTo(objected);
  }

  @Test
  void anAnimatedWebpIsObjectedTo() throws IOException {
    byte[] webp = webp(new byte[0]);
    assertThat(read("webp_pipe", webp).objection()).isEmpty();
    System.arraycopy(text("ANMF"), 0, webp, 12, 4);
    assertThat(read("webp_pipe", webp).objection())
        .hasValueSatisfying(why -> assertThat(why).contains("animated"));
  }

  @Test
  void aRingOfPagesEnds() throws IOException {
    byte[] ring = tiff(ByteOrder.BIG_ENDIAN, 6, 2);
    ByteBuffer.wrap(ring).putInt(ring.length - 4, 8);
    assertThat(read("tiff_pipe", ring).pictures()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiff_pipe", "png_pipe", "webp_pipe"})
  void whatIsCutAnywhereSaysNothingOrTheSame(String container) throws IOException {
    byte[] tiff = tiff(ByteOrder.LITTLE_ENDIAN, 8, 1);
    byte[] whole =
        switch (container) {
          case "png_pipe" -> png(tiff);
          case "webp_pipe" -> webp(tiff);
          default -> tiff;
        };
    for (int length = 0; length < whole.length; length++) {
      StillHeader found = read(container, Arrays.copyOf(whole, length));
      assertThat(found.orientation())
          .isIn(Orientation.UPRIGHT, Orientation.ROTATED_90_COUNTER_CLOCKWISE);
      assertThat(found.pictures()).isEqualTo(1);
    }
  }

  @Test
  void ofOtherFormatsNothingIsRead() throws IOException {
    assertThat(read("jpeg_pipe", tiff(ByteOrder.BIG_ENDIAN, 6, 2))).isEqualTo(StillHeader.NONE);
  }
}
