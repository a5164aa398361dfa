package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Detection;
import io.efface.detect.Detector;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import io.efface.redact.Style;
import io.efface.report.Residual;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidueAuditTest {
  private static final VideoFrame FRAME =
      VideoFrame.allocate(new PixelLayout(ColourModel.GREY, 0, 0, 8, true), 80, 80);

  /** Like a U that opens upwards. */
  private static final Polygon CUP =
      new Polygon(
          List.of(
              new Point(0, 0),
              new Point(20, 0),
              new Point(20, 60),
              new Point(60, 60),
              new Point(60, 0),
              new Point(80, 0),
              new Point(80, 80),
              new Point(0, 80)));

  private static final Region ZONE =
      new Region(
          -1, new Style.Blur(), Region.Shape.POLYGON, CUP.bounds().grow(8, 8), Optional.of(CUP));

  @Test
  void aFaceInTheNotchOfAZoneIsLeft() {
    assertThat(left(Box.ofSize(30, 10, 20, 30))).hasSize(1);
  }

  @Test
  void aFaceInAZoneIsNotLeft() {
    assertThat(left(Box.ofSize(2, 10, 20, 30))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ELLIPSE, 1, 1, 1", "RECTANGLE, 1, 1, 0", "ELLIPSE, 30, 30, 0", "ELLIPSE, 1, 30, 0"})
  void aFaceBesideAnEllipseIsLeftThoughItsBoxHoldsIt(Region.Shape shape, int x, int y, int left) {
    Region large = new Region(1, new Style.Blur(), shape, new Box(0, 0, 80, 80));
    Detection face = new Detection(Label.FACE, Box.ofSize(x, y, 14, 14), 0.9);
    assertThat(left(List.of(large), List.of(), face)).hasSize(left);
  }

  @ParameterizedTest
  @CsvSource({
    "FACE, 30, 30, 20, 30, 0.9, 1",
    "FACE, 33, 26, 22, 30, 0.9, 1",
    "FACE, 30, 30, 20, 30, 0.8, 0",
    "FACE, 30, 30, 10, 12, 0.9, 0",
    "PLATE, 30, 30, 20, 30, 0.9, 0",
  })
  void aFaceThatIsSeenThroughItsFillIsLeft(
      Label label, int x, int y, int w, int h, double score, int left) {
    Region region =
        new Region(1, new Style.Blur(), Region.Shape.ELLIPSE, Box.ofSize(20, 20, 40, 50));
    ResidueAudit.Covered face = new ResidueAudit.Covered(Label.FACE, Box.ofSize(30, 30, 20, 30));
    ResidueAudit.Plan plan = new ResidueAudit.Plan(List.of(region), List.of(face), List.of());
    Detection found = new Detection(label, Box.ofSize(x, y, w, h), score);
    Map<Label, Double> scores = Map.of(Label.FACE, 0.5, Label.PLATE, 0.5);
    ResidueAudit audit =
        new ResidueAudit(
            new OutputAudit.Residue(new TwoLooks(List.of(found), List.of()), scores, scores));
    audit.look(FRAME, /* photo= */ false, plan);
    assertThat(audit.finish()).hasSize(left);
  }

  @Test
  void anObjectThatIsToStayIsNotLeft() {
    Box box = Box.ofSize(30, 10, 20, 30);
    assertThat(left(List.of(), List.of(box), new Detection(Label.FACE, box, 0.9))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9, 0.7, 0", "9, 0.85, 1", "12, 0.7, 1", "40, 0.7, 1"})
  void anUprightPlateIsLeftIfItsScoreIsGood(int width, double score, int left) {
    Detection plate = new Detection(Label.PLATE, Box.ofSize(30, 10, width, 20), score);
    assertThat(left(plate)).hasSize(left);
  }

  @Test
  void aPhotoIsLookedAtCarefully() {
    Detection face = new Detection(Label.FACE, Box.ofSize(30, 10, 20, 30), 0.9);
    assertThat(left(new TwoLooks(List.of(), List.of(face)), /* photo= */ true)).hasSize(1);
    assertThat(left(new TwoLooks(List.of(face), List.of()), /* photo= */ true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.39, false, 0",
    "0.39, true, 0",
    "0.45, false, 0",
    "0.45, true, 1",
    "0.5, false, 1"
  })
  void aPhotoHasScoresOfItsOwn(double score, boolean photo, int left) {
    List<Detection> face = List.of(new Detection(Label.FACE, Box.ofSize(30, 10, 20, 30), score));
    assertThat(left(new TwoLooks(face, face), photo)).hasSize(left);
  }

  @Test
  void aClassThatNobodyLooksForIsNotLeft() {
    List<Detection> plate = List.of(new Detection(Label.PLATE, Box.ofSize(30, 10, 40, 20), 0.9));
    assertThat(left(new TwoLooks(plate, plate), /* photo= */ true)).isEmpty();
  }

  private static List<Residual> left(Box face) {
    return left(new Detection(Label.FACE, face, 0.9));
  }

  private static List<Residual> left(Detection found) {
    return left(new TwoLooks(List.of(found), List.of()), /* photo= */ false);
  }

  private static List<Residual> left(List<Region> destroyed, List<Box> kept, Detection found) {
    TwoLooks looks = new TwoLooks(List.of(found), List.of());
    Map<Label, Double> scores = Map.of(Label.FACE, 0.5);
    ResidueAudit audit = new ResidueAudit(new OutputAudit.Residue(looks, scores, scores));
    audit.look(FRAME, /* photo= */ false, new ResidueAudit.Plan(destroyed, List.of(), kept));
    return audit.finish();
  }

  private static List<Residual> left(TwoLooks looks, boolean photo) {
    Map<Label, Double> films = Map.of(Label.FACE, 0.5, Label.PLATE, 0.6);
    ResidueAudit audit =
        new ResidueAudit(new OutputAudit.Residue(looks, films, Map.of(Label.FACE, 0.4)));
    audit.look(FRAME, photo, new ResidueAudit.Plan(List.of(ZONE), List.of(), List.of()));
    return audit.finish();
  }

  /** A detector that finds one thing at a look and another at a careful one. */
  private record TwoLooks(List<Detection> seen, List<Detection> scrutinised) implements Detector {
    @Override
    public List<Detection> detect(VideoFrame frame) {
      return seen;
    }

    @Override
    public List<Detection> scrutinise(VideoFrame frame) {
      return scrutinised;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
