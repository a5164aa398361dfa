package io.efface.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.eval.ClipTruth.Sighting;
import io.efface.geometry.Box;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthTest {
  private static final String STILLS = "image,x,y,w,h,class,ignore";
  private static final String CLIP = "frame,track,x,y,w,h,class,ignore";
  private static final Set<Label> ALL = EnumSet.noneOf(Label.class);

  @TempDir Path folder;

  @Test
  void readsBoxesInTheListsOrder() throws IOException {
    StillTruth truth =
        StillTruth.read(
            list(
                "image,x,y,w,h,class,ignore,source,occlusion,pose,blur",
                "b.webp,1,2,3.5,20.1,face,0,human,2,0,1",
                "",
                "\"a, \"\"b\"\".png\",0,0,9,9,plate,1,human,,,",
                "b.webp,5,5,6,7,face,0,yunet,,,"),
            ALL);
    assertThat(truth.images().keySet()).containsExactly("b.webp", "a, \"b\".png");
    assertThat(truth.labels()).containsExactlyInAnyOrder(Label.FACE, Label.PLATE);
    assertThat(truth.images().get("b.webp"))
        .containsExactly(
            new TruthBox(
                Label.FACE,
                new Box(1, 2, 4.5, 2 + 20.1),
                20.1,
                false,
                Map.of(Grade.OCCLUSION, 2, Grade.POSE, 0, Grade.BLUR, 1)),
            new TruthBox(Label.FACE, new Box(5, 5, 11, 12), 7, false, Map.of()));
    assertThat(truth.images().getOrDefault("a, \"b\".png", List.of()))
        .singleElement()
        .matches(TruthBox::ignored);
  }

  @Test
  void columnsMayStandInAnyOrderAfterAByteOrderMark() throws IOException {
    StillTruth truth =
        StillTruth.read(list("\uFEFFclass,image,ignore,h,w,y,x", "face,a.png,0,4,3,2,1"), ALL);
    assertThat(truth.images().getOrDefault("a.png", List.of()))
        .extracting(TruthBox::box)
        .containsExactly(new Box(1, 2, 4, 6));
  }

  @Test
  void otherClassesArePassedOverWhereSomeAreAskedFor() throws IOException {
    Path list =
        list(STILLS, "a.png,0,0,9,9,head,0", "b.png,0,0,9,9,face,0", "c.png,0,0,9,9,plate,0");
    assertThat(StillTruth.read(list, EnumSet.of(Label.FACE)).images()).containsOnlyKeys("b.png");
  }

  @Test
  void anUnknownClassIsAnErrorWhereAllAreAskedFor() throws IOException {
    Path list = list(STILLS, "b.png,0,0,9,9,face,0", "a.png,0,0,9,9,head,0");
    assertThatThrownBy(() -> StillTruth.read(list, ALL))
        .isInstanceOf(TruthException.class)
        .hasMessage(
            list
                + ": line 3: unknown class 'head'; known: face, plate; name the ones to look at"
                + " with --classes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.png,0,0,9,face,0 | 6 fields where line 1 has 7",
        "a.png,0,0,9,9,face,0,1 | 8 fields where line 1 has 7",
        ",0,0,9,9,face,0 | image is empty",
        "a.png,x,0,9,9,face,0 | x 'x' is no number",
        "a.png,,0,9,9,face,0 | x '' is no number",
        "a.png,0,NaN,9,9,face,0 | y 'NaN' is no number",
        "a.png,0,0,-9,9,face,0 | w '-9' is negative",
        "a.png,0,0,9,-1,face,0 | h '-1' is negative",
        "a.png,0,0,9,9,,0 | class is empty",
        "a.png,0,0,9,9,face,yes | ignore 'yes' is neither 0 nor 1",
        "\"a.png,0,0,9,9,face,0 | a quote is not closed",
      })
  void aWrongLineIsNamedByItsNumber(String line, String what) throws IOException {
    Path list = list(STILLS, "a.png,0,0,9,9,face,0", "", line);
    assertThatThrownBy(() -> StillTruth.read(list, ALL))
        .isInstanceOf(TruthException.class)
        .hasMessage(list + ": line 4: " + what);
  }

  @Test
  void aGradeIsAWholeNumber() throws IOException {
    Path list = list(STILLS + ",pose", "a.png,0,0,9,9,face,0,much");
    assertThatThrownBy(() -> StillTruth.read(list, ALL))
        .hasMessage(list + ": line 2: pose 'much' is no whole number from 0");
  }

  @Test
  void aMissingColumnIsNamed() throws IOException {
    Path list = list("image,x,y,w,h,class", "a.png,0,0,9,9,face");
    assertThatThrownBy(() -> StillTruth.read(list, ALL))
        .hasMessageStartingWith(list + ": line 1: has no column 'ignore'");
    Path empty = list();
    assertThatThrownBy(() -> StillTruth.read(empty, ALL))
        .hasMessageContaining("has no column 'image'");
  }

  @Test
  void aListWithoutBoxesIsRefused() throws IOException {
    Path list = list(STILLS, "a.png,0,0,9,9,face,0");
    assertThatThrownBy(() -> StillTruth.read(list, EnumSet.of(Label.PLATE)))
        .hasMessage(list + ": holds no box of the classes to look at");
  }

  @Test
  void whatIsNoListIsRefusedInOneLine() throws IOException {
    Path none = folder.resolve("none.csv");
    assertThatThrownBy(() -> StillTruth.read(none, ALL)).hasMessageContaining("no such file");
    Path binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> StillTruth.read(binary, ALL)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> StillTruth.read(folder, ALL)).isInstanceOf(TruthException.class);
  }

  @Test
  void readsTheObjectsOfAClip() throws IOException {
    ClipTruth truth =
        ClipTruth.read(
            list(CLIP, "3,7,1,2,3,4,face,0", "3,8,0,0,9,9,plate,1", "5,7,2,2,3,4,face,0"), ALL);
    assertThat(truth.at(3))
        .containsExactly(
            new Sighting(7, new Box(1, 2, 4, 6), false),
            new Sighting(8, new Box(0, 0, 9, 9), true));
    assertThat(truth.at(4)).isEmpty();
    assertThat(truth.lastFrame()).isEqualTo(5);
    assertThat(truth.labels()).containsExactlyInAnyOrder(Label.FACE, Label.PLATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1,0,0,0,9,9,face,0 | frame '-1' is no whole number from 0",
        "0.5,0,0,0,9,9,face,0 | frame '0.5' is no whole number from 0",
        "0,a,0,0,9,9,face,0 | track 'a' is no whole number from 0",
        "0,0,0,0,9,9,dog,0 | unknown class 'dog'; known: face, plate; name the ones to look at"
            + " with --classes",
      })
  void aWrongLineOfAClipIsNamedByItsNumber(String line, String what) throws IOException {
    Path list = list(CLIP, line);
    assertThatThrownBy(() -> ClipTruth.read(list, ALL))
        .isInstanceOf(TruthException.class)
        .hasMessage(list + ": line 2: " + what);
  }

  private Path list(String... lines) throws IOException {
    return Files.write(folder.resolve("gt.csv"), List.of(lines), StandardCharsets.UTF_8);
  }
}
