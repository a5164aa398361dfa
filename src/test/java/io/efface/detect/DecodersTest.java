package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Each decoder reads a box that was put by hand into maps of a 64x32 input. */
final class DecodersTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 32;
  private static final Offset<Float> EXACT = within(1e-3f);

  @Test
  void ownMapsAreReadFromTheCellsCentre() {
    OwnDecoder decoder = new OwnDecoder(List.of(8, 16, 32), List.of(Label.values()));
    Map<String, FloatBuffer> maps = zeroes(decoder);
    // Stride 16: 4x2 cells; plate in column 2, row 1.
    int cell = 4 + 2;
    buffer(maps, "score16").put(8 + cell, 0.7f);
    FloatBuffer box = buffer(maps, "box16");
    box.put(cell, 0.25f).put(8 + cell, -0.5f);
    box.put(16 + cell, (float) Math.log(2)).put(24 + cell, (float) Math.log(0.5));
    Candidates found = decode(decoder, maps);
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.label(0)).isEqualTo(Label.PLATE);
    assertThat(found.score(0)).isCloseTo(0.7f, EXACT);
    // Centre (2.5 + 0.25, 1.5 - 0.5) * 16 = (44, 16); size 32x8.
    assertBox(found, 28, 12, 60, 20);
  }

  @Test
  void ownMapsMayHaveAFinerStride() {
    OwnDecoder decoder = new OwnDecoder(List.of(4, 8), List.of(Label.FACE));
    Map<String, FloatBuffer> maps = zeroes(decoder);
    assertThat(maps).containsOnlyKeys("score4", "box4", "score8", "box8");
    buffer(maps, "score4").put(0, 0.5f);
    Candidates found = decode(decoder, maps);
    assertBox(found, 0, 0, 4, 4);
  }

  @Test
  void yuNetScoresAreTheGeometricMeanAndBoxesStartAtTheCellsCorner() {
    YuNetDecoder decoder = new YuNetDecoder();
    Map<String, FloatBuffer> maps = zeroes(decoder);
    int cell = 8 + 3; // Stride 8: 8x4 cells; column 3, row 1.
    buffer(maps, "cls_8").put(cell, 0.9f);
    buffer(maps, "obj_8").put(cell, 0.4f);
    buffer(maps, "bbox_8")
        .put(4 * cell, 0.5f)
        .put(4 * cell + 1, 1f)
        .put(4 * cell + 2, (float) Math.log(2))
        .put(4 * cell + 3, 0f);
    Candidates found = decode(decoder, maps);
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.score(0)).isCloseTo(0.6f, EXACT);
    // Centre (3.5, 2) * 8 = (28, 16); size 16x8.
    assertBox(found, 20, 12, 36, 20);
  }

  @Test
  void scrfdHasTwoAnchorsACellAndDistancesToTheSides() {
    ScrfdDecoder decoder = new ScrfdDecoder(List.of("a", "b", "c"), List.of("d", "e", "f"), true);
    Map<String, FloatBuffer> maps = zeroes(decoder);
    int anchor = 2 * (4 + 1) + 1; // Stride 16: column 1, row 1, second anchor.
    buffer(maps, "b").put(anchor, 0.8f);
    buffer(maps, "e")
        .put(4 * anchor, 0.5f)
        .put(4 * anchor + 1, 0.25f)
        .put(4 * anchor + 2, 1f)
        .put(4 * anchor + 3, 0.75f);
    Candidates found = decode(decoder, maps);
    assertThat(found.size()).isEqualTo(1);
    assertBox(found, 8, 12, 32, 28);
  }

  @Test
  void centerFaceHasHeightBeforeWidthAndYBeforeX() {
    CenterFaceDecoder decoder = new CenterFaceDecoder(List.of("537", "538", "539", "540"));
    Map<String, FloatBuffer> maps = zeroes(decoder);
    assertThat(maps).containsOnlyKeys("537", "538", "539");
    int cells = 16 * 8; // Stride 4.
    int cell = 2 * 16 + 5; // Column 5, row 2.
    buffer(maps, "537").put(cell, 0.9f);
    buffer(maps, "538").put(cell, (float) Math.log(3)).put(cells + cell, (float) Math.log(2));
    buffer(maps, "539").put(cell, 0.5f).put(cells + cell, -0.5f);
    Candidates found = decode(decoder, maps);
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.label(0)).isEqualTo(Label.FACE);
    // Centre (5.5 - 0.5, 2.5 + 0.5) * 4 = (20, 12); size 8x12.
    assertBox(found, 16, 6, 24, 18);
  }

  @Test
  void rawYoloHasItsBoxesInColumnsAndAScoreAClass() {
    ClassLabels names = ClassLabels.ofNames("{0: 'car', 1: 'License_Plate', 2: 'face'}");
    YoloDecoder decoder = new YoloDecoder("output0", 4 + 3 + 2, 3, names);
    FloatBuffer values = FloatBuffer.allocate(9 * 5);
    float[] boxes = {30, 20, 10, 4};
    for (int k = 0; k < 4; k++) {
      values.put(k * 5 + 3, boxes[k]);
    }
    // A car is not looked for, and what follows the scores are no scores.
    values.put(4 * 5 + 3, 0.99f).put(5 * 5 + 3, 0.6f).put(7 * 5 + 3, 40);
    Candidates found = decode(decoder, Map.of("output0", values));
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.label(0)).isEqualTo(Label.PLATE);
    assertThat(found.score(0)).isCloseTo(0.6f, EXACT);
    assertBox(found, 25, 18, 35, 22);
  }

  @Test
  void endToEndRowsOfSixHaveTheScoreBeforeTheClass() {
    ClassLabels names = ClassLabels.ofNames("['face', 'plate']");
    EndToEndDecoder decoder = new EndToEndDecoder("out", 6, names);
    float[] rows = {1, 2, 11, 12, 0.7f, 1, 5, 5, 9, 9, 0.1f, 0, 0, 0, 0, 0, 0, 0};
    Candidates found = decode(decoder, Map.of("out", FloatBuffer.wrap(rows)));
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.label(0)).isEqualTo(Label.PLATE);
    assertThat(found.score(0)).isCloseTo(0.7f, EXACT);
    assertBox(found, 1, 2, 11, 12);
  }

  @Test
  void endToEndRowsOfSevenHaveThePictureFirstAndTheScoreLast() {
    ClassLabels plates = ClassLabels.ofNames("").meaning(Label.PLATE);
    EndToEndDecoder decoder = new EndToEndDecoder("out", 7, plates);
    float[] rows = {0, 1, 2, 11, 12, 0, 0.7f, 0, 3, 3, 9, 9, 0, 0.2f};
    Candidates found = decode(decoder, Map.of("out", FloatBuffer.wrap(rows)));
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.label(0)).isEqualTo(Label.PLATE);
    assertThat(found.score(0)).isCloseTo(0.7f, EXACT);
    assertBox(found, 1, 2, 11, 12);
    assertThat(decode(decoder, Map.of("out", FloatBuffer.allocate(0))).size()).isZero();
  }

  @Test
  void hyperLprScoresAreThePlatesTimesTheBetterKinds() {
    HyperLprDecoder decoder = new HyperLprDecoder("output");
    float[] rows = new float[2 * 15];
    float[] row = {30, 20, 10, 4, 0.8f, 1, 1, 1, 1, 1, 1, 1, 1, 0.1f, 0.5f};
    System.arraycopy(row, 0, rows, 15, 15);
    Candidates found = decode(decoder, Map.of("output", FloatBuffer.wrap(rows)));
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.label(0)).isEqualTo(Label.PLATE);
    assertThat(found.score(0)).isCloseTo(0.4f, EXACT);
    assertBox(found, 25, 18, 35, 22);
  }

  @Test
  void aScoreThatIsNotANumberFailsTheFrame() {
    OwnDecoder decoder = new OwnDecoder(List.of(8), List.of(Label.values()));
    Map<String, FloatBuffer> maps = zeroes(decoder);
    buffer(maps, "score8").put(3, Float.NaN);
    assertThatThrownBy(() -> decode(decoder, maps))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("not a number");
  }

  @Test
  void aSizeBeyondAllMeasureStaysFinite() {
    Map<String, FloatBuffer> yuNet = zeroes(new YuNetDecoder());
    buffer(yuNet, "cls_8").put(0, 1);
    buffer(yuNet, "obj_8").put(0, 1);
    buffer(yuNet, "bbox_8").put(2, 200).put(3, 200);
    Candidates found = decode(new YuNetDecoder(), yuNet);
    assertThat(found.right(0)).isGreaterThan(WIDTH);
    CenterFaceDecoder decoder = new CenterFaceDecoder("heatmap", "scale", "offset");
    Map<String, FloatBuffer> centre = zeroes(decoder);
    buffer(centre, "heatmap").put(0, 1);
    buffer(centre, "scale").put(0, 200).put(WIDTH / 4 * HEIGHT / 4, 200);
    found = decode(decoder, centre);
    assertThat(found.right(0)).isGreaterThan(WIDTH);
    assertThat(found.bottom(0)).isGreaterThan(HEIGHT);
  }

  private static Candidates decode(OutputDecoder decoder, Map<String, FloatBuffer> maps) {
    Candidates found = new Candidates();
    decoder.decode(maps, WIDTH, HEIGHT, 0.3f, found);
    return found;
  }

  private static Map<String, FloatBuffer> zeroes(OutputDecoder decoder) {
    Map<String, FloatBuffer> maps = new LinkedHashMap<>();
    decoder
        .outputs(WIDTH, HEIGHT)
        .forEach(
            (name, shape) -> {
              long size = 1;
              for (long side : shape) {
                size *= side;
              }
              maps.put(name, FloatBuffer.allocate((int) size));
            });
    return maps;
  }

  private static FloatBuffer buffer(Map<String, FloatBuffer> maps, String name) {
    return OutputDecoder.output(maps, name);
  }

  private static void assertBox(Candidates found, float l, float t, float r, float b) {
    assertThat(found.left(0)).isCloseTo(l, EXACT);
    assertThat(found.top(0)).isCloseTo(t, EXACT);
    assertThat(found.right(0)).isCloseTo(r, EXACT);
    assertThat(found.bottom(0)).isCloseTo(b, EXACT);
  }
}
