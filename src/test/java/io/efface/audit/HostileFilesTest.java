package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie about themselves end in findings, never in an exception or a long wait. */
@Timeout(20)
class HostileFilesTest {
  private static final int TRIES = 300;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "matroska"})
  void changedBytesNeverThrow(String kind) {
    byte[] valid = kind.equals("mp4") ? new TinyMp4().bytes() : new TinyMatroska().bytes();
    Random random = new Random(7);
    for (int i = 0; i < TRIES; i++) {
      byte[] changed = valid.clone();
      for (int count = 1 + random.nextInt(4); count > 0; count--) {
        int at = random.nextInt(changed.length);
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : -random.nextInt(2));
      }
      if (random.nextInt(4) == 0) {
        changed = Arrays.copyOf(changed, random.nextInt(changed.length));
      }
      byte[] file = changed;
      assertThatCode(() -> Pieces.check(folder, file)).as("try %d", i).doesNotThrowAnyException();
    }
  }

  @Test
  void nestedBoxesAreNotFollowedWithoutEnd() {
    byte[] nested = Pieces.box("free");
    for (int i = 0; i < 2_000; i++) {
      nested = Pieces.box(i % 2 == 0 ? "moov" : "trak", nested);
    }
    assertThat(Pieces.check(folder, Pieces.join(new TinyMp4().bytes(), nested))).isNotEmpty();
  }

  @Test
  void oneMessageAFrameMakesAShortList() {
    TinyMp4 film = new TinyMp4();
    film.samples.clear();
    film.samples.addAll(Collections.nCopies(5_000, Pieces.unit("0605022a2a80")));
    film.edits = Pieces.u32(0, 1, 0, 0, 0x10000);
    List<Finding> findings = Pieces.check(folder, film.bytes());
    assertThat(findings).hasSize(3);
  }
}
