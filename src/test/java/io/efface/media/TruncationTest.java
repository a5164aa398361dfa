package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TruncationTest {
  @TempDir Path folder;

  private Optional<String> find(String container, byte[] bytes) throws IOException {
    return Truncation.find(Files.write(folder.resolve("f"), bytes), container);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  private static byte[] box(String type, int says, int holds) {
    return ByteBuffer.allocate(8 + holds)
        .putInt(says)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static byte[] bigBox(String type, long says, int holds) {
    return ByteBuffer.allocate(16 + holds)
        .putInt(1)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putLong(says)
        .array();
  }

  @Test
  void wholeBoxesAreWhole() throws IOException {
    assertThat(find("mov", join(box("ftyp", 20, 12), box("mdat", 108, 100), box("moov", 28, 20))))
        .isEmpty();
    assertThat(find("mov", join(box("ftyp", 20, 12), bigBox("mdat", 116, 100)))).isEmpty();
    assertThat(find("mov", join(box("moov", 28, 20), box("mdat", 0, 100)))).isEmpty();
  }

  @Test
  void aBoxThatEndsBeyondTheFileIsCut() throws IOException {
    assertThat(find("mov", join(box("ftyp", 20, 12), box("mdat", 108, 60))))
        .hasValueSatisfying(why -> assertThat(why).contains("40 of its bytes"));
    assertThat(find("mov", join(box("moov", 28, 20), bigBox("mdat", 1 << 30, 4)))).isPresent();
    assertThat(find("mov", join(box("mdat", 108, 100), box("moov", 500, 20)))).isPresent();
    assertThat(find("mov", join(box("moov", 28, 20), box("moof", 40, 2)))).isPresent();
    assertThat(find("mov", join(box("moov", 28, 20), box("mdat", -1, 4)))).isPresent();
  }

  @Test
  void strangeBoxesBehindTheFilmDoNotMatter() throws IOException {
    assertThat(find("mov", join(box("mdat", 108, 100), box("free", 500, 3)))).isEmpty();
    assertThat(find("mov", join(box("mdat", 108, 100), box("moov", 3, 30)))).isEmpty();
    assertThat(find("mov", join(box("mdat", 108, 100), new byte[] {1, 2, 3}))).isEmpty();
  }

  private static byte[] element(int id, long size, int sizeBytes, int holds) {
    ByteBuffer all = ByteBuffer.allocate(4 + sizeBytes + holds).putInt(id);
    long marked = size | 1L << (7 * sizeBytes);
    for (int i = sizeBytes - 1; i >= 0; i--) {
      all.put((byte) (marked >> (8 * i)));
    }
    return all.array();
  }

  @Test
  void aSegmentSaysWhereItEnds() throws IOException {
    byte[] head = element(0x1A45DFA3, 20, 1, 20);
    for (int sizeBytes : new int[] {2, 4, 8}) {
      assertThat(find("matroska", join(head, element(0x18538067, 300, sizeBytes, 300)))).isEmpty();
      assertThat(find("matroska", join(head, element(0x18538067, 300, sizeBytes, 299))))
          .hasValueSatisfying(why -> assertThat(why).contains("1 of its bytes"));
      long unknown = (1L << (7 * sizeBytes)) - 1;
      assertThat(find("matroska", join(head, element(0x18538067, unknown, sizeBytes, 50))))
          .as("a live recording")
          .isEmpty();
    }
    assertThat(find("matroska", new byte[64])).isEmpty();
  }

  private static byte[] riff(String form, int says, int holds) {
    return ByteBuffer.allocate(12 + holds)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(says)
        .put(form.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  @Test
  void everyPartOfAnAviSaysWhereItEnds() throws IOException {
    assertThat(find("avi", riff("AVI ", 104, 100))).isEmpty();
    assertThat(find("avi", riff("AVI ", 105, 100))).isPresent();
    assertThat(find("avi", join(riff("AVI ", 104, 100), riff("AVIX", 54, 50)))).isEmpty();
    assertThat(find("avi", join(riff("AVI ", 104, 100), riff("AVIX", 94, 50)))).isPresent();
    assertThat(find("avi", join(riff("AVI ", 103, 100), riff("AVIX", 94, 50))))
        .as("parts begin at even places")
        .isPresent();
    assertThat(find("avi", join(riff("AVI ", 104, 100), new byte[] {'j', 'u', 'n', 'k'})))
        .isEmpty();
    assertThat(find("avi", riff("AVI ", -1, 100))).as("a recorder that was stopped").isEmpty();
    assertThat(find("avi", new byte[5])).isEmpty();
  }

  @Test
  void otherFormatsCannotTell() throws IOException {
    assertThat(find("mpegts", riff("AVI ", 500, 1))).isEmpty();
  }
}
