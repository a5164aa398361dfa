package io.efface.track;

import static io.efface.track.Film.face;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.detect.OperatingPoint;
import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.track.TrackPoint.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerTest {

  @Test
  void aSteadyObjectIsOneTrackAndIsHardlyGrown() {
    Film film = Film.of(100, f -> List.of(face(200 + 4 * f, 300, 60, 0.9)));
    List<SealedFrame> frames = film.track();
    assertThat(frames).hasSize(100);
    for (SealedFrame frame : frames) {
      TrackedBox box = Film.only(frame).orElseThrow();
      assertThat(box.track()).isEqualTo(1);
      assertThat(box.origin()).isEqualTo(Origin.DETECTED);
      assertThat(box.score()).isEqualTo(0.9);
      assertThat(frame.pts()).isEqualTo(1000 * frame.frame());
      assertThat(box.box().area()).isBetween(60 * 75.0, 60 * 75 * 1.001);
    }
  }

  @Test
  void aNoisyBoxGrowsByAFewPercentOnly() {
    Random random = new Random(7);
    Film film =
        Film.of(
            400,
            f ->
                List.of(
                    face(
                        300 + 2 * random.nextGaussian(),
                        300 + 2 * random.nextGaussian(),
                        80 + 2 * random.nextGaussian(),
                        0.8)));
    double mean =
        film.track().stream()
            .mapToDouble(frame -> Film.only(frame).orElseThrow().box().area() / (80 * 100))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(1.0, 1.1);
  }

  @Test
  void aGapOfASecondIsFilledAlongTheMotion() {
    Film film =
        Film.of(100, f -> f >= 40 && f < 65 ? List.of() : List.of(face(200 + 6 * f, 300, 50, 0.8)));
    List<SealedFrame> frames = film.track();
    for (int f = 40; f < 65; f++) {
      TrackedBox box = Film.only(frames.get(f)).orElseThrow();
      assertThat(box.origin()).isEqualTo(Origin.INTERPOLATED);
      assertThat(box.score()).isZero();
      assertThat(Film.coverage(frames.get(f), face(200 + 6 * f, 300, 50, 1).box())).isEqualTo(1);
    }
    assertThat(Film.tracks(frames)).hasSize(1);
  }

  @Test
  void aGapLongerThanAllowedMakesTwoTracksThatAreExtended() {
    Film film =
        Film.of(200, f -> f >= 50 && f < 150 ? List.of() : List.of(face(600, 300, 50, 0.8)));
    List<SealedFrame> frames = film.track();
    List<Track> tracks = Film.tracks(frames);
    assertThat(tracks).extracting(Track::id).containsExactly(1, 2);
    assertThat(tracks.get(0).last().frame()).isEqualTo(49 + 12);
    assertThat(tracks.get(1).first().frame()).isEqualTo(150 - 12);
    assertThat(frames.get(100).objects()).isEmpty();
  }

  @Test
  void objectsThatCrossKeepTheirNumbers() {
    for (int gap : new int[] {0, 6}) {
      Film film =
          Film.of(
              120,
              f -> {
                List<Detection> found = new ArrayList<>();
                found.add(face(100 + 8 * f, 300, 50, 0.9));
                if (Math.abs(f - 60) > gap / 2) {
                  found.add(face(1060 - 8 * f, 310, 50, 0.8));
                }
                return found;
              });
      List<Track> tracks = Film.tracks(film.track());
      assertThat(tracks).hasSize(2);
      for (Track track : tracks) {
        double way = track.last().box().centreX() - track.first().box().centreX();
        assertThat(Math.abs(way)).isGreaterThan(800);
      }
    }
  }

  @Test
  void anObjectThatLeavesIsCoveredToTheEdge() {
    // The detector loses the face when it touches the edge; a part of it shows for a while longer.
    Film film =
        Film.of(100, f -> f > 50 ? List.of() : List.of(face(1250 - 3 * (50 - f), 300, 60, 0.8)));
    List<SealedFrame> frames = film.track();
    for (int f = 51; f < 60; f++) {
      Box truth = face(1250 - 3 * (50 - f), 300, 60, 1).box();
      assertThat(Film.coverage(frames.get(f), truth)).as("frame %d", f).isEqualTo(1);
      assertThat(Film.only(frames.get(f)).orElseThrow().box().right())
          .isGreaterThanOrEqualTo(Film.WIDTH);
    }
    assertThat(frames.get(75).objects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 240})
  void anObjectThatEntersIsCoveredFromTheEdgeOn(int first) {
    Film film =
        Film.of(
            first + 40,
            f -> f < first ? List.of() : List.of(face(30 + 3 * (f - first), 300, 60, 0.8)));
    List<SealedFrame> frames = film.track();
    for (int f = first - 15; f < first; f++) {
      Box truth = face(30 + 3 * (f - first), 300, 60, 1).box();
      assertThat(Film.coverage(frames.get(f), truth)).as("frame %d", f).isEqualTo(1);
      assertThat(Film.only(frames.get(f)).orElseThrow().origin()).isEqualTo(Origin.EXTENDED);
      assertThat(Film.only(frames.get(f)).orElseThrow().box().left()).isNotPositive();
    }
  }

  @Test
  void nothingCrossesACut() {
    Film film =
        Film.of(60, f -> f >= 28 && f < 32 ? List.of() : List.of(face(600, 300, 50, 0.9)))
            .cutBefore(30);
    List<SealedFrame> frames = film.track();
    List<Track> tracks = Film.tracks(frames);
    assertThat(tracks).hasSize(2);
    assertThat(tracks.get(0).last().frame()).isEqualTo(29);
    assertThat(tracks.get(1).first().frame()).isEqualTo(30);
    assertThat(frames.get(29).objects().get(0).origin()).isEqualTo(Origin.EXTENDED);
    assertThat(frames.get(31).objects().get(0).origin()).isEqualTo(Origin.EXTENDED);
  }

  @Test
  void whatStandsThereAtACutThatWasNoticedLateIsCoveredFromItsFirstFrameOn() {
    Film film =
        Film.of(60, f -> f < 30 ? List.of() : List.of(face(600, 300, 50, 0.9))).cutBefore(30, 3);
    List<SealedFrame> frames = film.track();
    List<Track> tracks = Film.tracks(frames);
    assertThat(tracks).hasSize(1);
    assertThat(tracks.get(0).first().frame()).isEqualTo(27);
    assertThat(Film.coverage(frames.get(27), face(600, 300, 50, 1).box())).isEqualTo(1);
  }

  @Test
  void aLoneConfidentDetectionCountsAndIsExtendedBothWays() {
    Film film = Film.of(100, f -> f == 50 ? List.of(face(600, 300, 50, 0.6)) : List.of());
    List<Track> tracks = Film.tracks(film.track());
    assertThat(tracks).hasSize(1);
    assertThat(tracks.get(0).first().frame()).isEqualTo(38);
    assertThat(tracks.get(0).last().frame()).isEqualTo(62);
  }

  @Test
  void lowScoresCountBeforeAndAfterAConfidentDetection() {
    Film film = Film.of(100, f -> List.of(face(600, 300, 50, f == 50 ? 0.7 : 0.2)));
    List<SealedFrame> frames = film.track();
    assertThat(frames).allSatisfy(f -> assertThat(f.objects()).hasSize(1));
    assertThat(frames.get(0).objects().get(0).score()).isEqualTo(0.2);
  }

  @Test
  void theLookBackReachesAsFarAsTheHorizonAndNoFarther() {
    Film film = Film.of(300, f -> List.of(face(600, 300, 50, f == 250 ? 0.7 : 0.2)));
    List<SealedFrame> frames = film.track();
    Track track = Film.tracks(frames).get(0);
    assertThat(track.first().frame()).isEqualTo(250 - 125);
    assertThat(track.last().frame()).isEqualTo(299);
  }

  @Test
  void lowScoresAloneAreDroppedAndBelowTheLowestIgnored() {
    assertThat(Film.of(100, f -> List.of(face(600, 300, 50, 0.3))).track())
        .allSatisfy(f -> assertThat(f.objects()).isEmpty());
    Film film = Film.of(100, f -> List.of(face(600, 300, 50, f == 10 ? 0.9 : 0.1)));
    assertThat(Film.tracks(film.track()).get(0).last().frame()).isEqualTo(22);
  }

  @Test
  void aSecondOfMiddlingScoresCountsUnlessSwitchedOff() {
    Film film = Film.of(60, f -> List.of(face(600, 300, 50, 0.45)));
    assertThat(Film.tracks(film.track())).hasSize(1);
    assertThat(Film.tracks(Film.of(20, f -> List.of(face(600, 300, 50, 0.45))).track())).isEmpty();
    TrackerSettings strict = OtherSettings.steady(Film.SETTINGS, Double.POSITIVE_INFINITY);
    assertThat(Film.tracks(film.track(strict))).isEmpty();
  }

  /** What runs by is seen in a few looks, three frames apart, and may be doubted. */
  @ParameterizedTest
  @CsvSource({"30, 2, true", "30, 3, true", "2, 2, false", "2, 3, false", "30, 4, false"})
  void largeObjectsThatRunByMayBeDoubted(double step, int looks, boolean enough) {
    TrackerSettings settings = TrackerSettings.of(new OperatingPoint(0.5, 0.15, 0.45, 0.6));
    Film film =
        Film.of(
                12,
                f ->
                    f % 3 == 0 && f / 3 < looks
                        ? List.of(face(300 + step * f, 300, 90, 0.55))
                        : List.of())
            .moving(f -> Similarity.IDENTITY);
    assertThat(Film.tracks(film.track(settings))).hasSize(enough ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"16, true", "24, true", "28, true", "44, false", "64, false", "300, false"})
  void theLargerAnObjectTheMoreItsScoresMustComeTo(int height, boolean enough) {
    // 0.52 and 0.57: half of the best three's 0.7, half of the mean of all.
    TrackerSettings settings = Film.settings(0.51, 0.56);
    double width = height / 1.25;
    Film rarely = Film.of(100, f -> List.of(face(600, 300, width, f % 10 == 5 ? 0.7 : 0.3)));
    Film often = Film.of(100, f -> List.of(face(600, 300, width, f % 3 == 1 ? 0.7 : 0.3)));
    assertThat(Film.tracks(rarely.track(settings))).hasSize(enough ? 1 : 0);
    assertThat(Film.tracks(often.track(settings))).hasSize(1);
    assertThat(Film.tracks(rarely.track())).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1230, 300, true", "50, 300, true", "600, 60, true", "600, 300, false"})
  void largeObjectsThatAreCutOffMayBeDoubted(double x, double y, boolean enough) {
    TrackerSettings settings = Film.settings(0.5, 0.65);
    Film film = Film.of(30, f -> List.of(face(x, y, 100, 0.6)));
    assertThat(Film.tracks(film.track(settings))).hasSize(enough ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"30, 0.65, false", "30, 0.9, true", "48, 0.65, true", "90, 0.65, true"})
  void anUprightPlateNeedsBetterScores(int width, double score, boolean enough) {
    TrackerSettings settings = Film.settings(0.53, 0.6);
    Box box = Box.around(600, 300, width, 90);
    Film film = Film.of(30, f -> List.of(new Detection(Label.PLATE, box, score)));
    assertThat(Film.tracks(film.track(settings))).hasSize(enough ? 1 : 0);
    assertThat(Film.tracks(film.track())).hasSize(1);
    Film face = Film.of(30, f -> List.of(new Detection(Label.FACE, box, score)));
    assertThat(Film.tracks(face.track(settings))).hasSize(1);
  }

  @Test
  void aLuckyScoreAmongManyPoorOnesIsNoObject() {
    TrackerSettings settings = Film.settings(0.45, 0.45);
    Film lucky = Film.of(100, f -> List.of(face(600, 300, 50, f == 50 ? 0.7 : 0.3)));
    Film brief = Film.of(100, f -> f == 50 ? List.of(face(600, 300, 50, 0.6)) : List.of());
    assertThat(Film.tracks(lucky.track(settings))).isEmpty();
    assertThat(Film.tracks(lucky.track())).hasSize(1);
    assertThat(Film.tracks(brief.track(settings))).hasSize(1);
  }

  @Test
  void whatWasATrackWhenItWasSealedStaysOne() {
    TrackerSettings settings = Film.settings(0.5, 0.55);
    Film film = Film.of(400, f -> List.of(face(600, 300, 80, f < 40 ? 0.7 : 0.3)));
    List<Track> tracks = Film.tracks(film.track(settings));
    assertThat(tracks).hasSize(1);
    assertThat(tracks.get(0).last().frame()).isEqualTo(399);
  }

  @Test
  void unequalTimeStepsDoNotMatter() {
    Random random = new Random(3);
    Film film = new Film();
    List<Box> truth = new ArrayList<>();
    double seconds = 0;
    for (int f = 0; f < 150; f++) {
      Box box = face(100 + 150 * seconds, 300, 50, 1).box();
      truth.add(box);
      boolean seen = random.nextDouble() > 0.3;
      film.add(seconds, seen ? List.of(face(box, 0.8)) : List.of(), false);
      seconds += random.nextInt(5) == 0 ? 0.15 : 0.02;
    }
    List<SealedFrame> frames = film.track();
    assertThat(Film.tracks(frames)).hasSize(1);
    for (int f = 0; f < 150; f++) {
      assertThat(Film.coverage(frames.get(f), truth.get(f))).as("frame %d", f).isGreaterThan(0.99);
    }
  }

  @Test
  void aFaceOfTwelvePixelsThatMovesTwentyAFrameIsOneTrack() {
    Film film = Film.of(55, f -> List.of(face(100 + 20 * f, 300 + 3 * f, 12, 0.8)));
    assertThat(Film.tracks(film.track())).hasSize(1);
  }

  @Test
  void aBoxThatIsFarTooSmallForAFrameIsCoveredByItsNeighbours() {
    Film film = Film.of(60, f -> List.of(face(300 + 5 * f, 300, f % 10 == 5 ? 20 : 60, 0.8)));
    List<SealedFrame> frames = film.track();
    for (int f = 0; f < 60; f++) {
      assertThat(Film.coverage(frames.get(f), face(300 + 5 * f, 300, 60, 1).box())).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"24, 30", "24, 40", "40, 40", "40, 60", "60, 60"})
  void aFaceAtRestIsCoveredThoughSomethingThatPassesIsTakenForTheCamera(int size, int speed) {
    Film film =
        Film.of(100, f -> f % 3 == 0 ? List.of(face(600, 300, size, 0.8)) : List.of())
            .moving(f -> f >= 32 && f < 57 ? Similarity.shift(speed, 0) : Similarity.IDENTITY);
    Box truth = face(600, 300, size, 1).box();
    List<SealedFrame> frames = film.track();
    for (SealedFrame frame : frames) {
      assertThat(Film.coverage(frame, truth)).as("frame %d", frame.frame()).isEqualTo(1);
    }
    assertThat(Film.tracks(frames)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"25, 3", "50, 5", "60, 6", "120, 12"})
  void aBadLastBoxIsNoMotionHoweverManyFramesASecondThereAre(int fps, int step) {
    Film film = new Film();
    for (int f = 0; f < 2 * fps; f++) {
      boolean seen = f % step == 0 && f <= 5 * step;
      double x = f == 5 * step ? 612 : 600;
      film.add(f / (double) fps, seen ? List.of(face(x, 300, 60, 0.8)) : List.of(), false);
    }
    film.moving(f -> Similarity.IDENTITY);
    // A region is larger than its box by the margin.
    Box truth = face(600, 300, 36, 1).box();
    List<SealedFrame> frames = film.track();
    for (int f = 0; f < 5 * step + 0.45 * fps; f++) {
      assertThat(Film.coverage(frames.get(f), truth)).as("frame %d", f).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 140, 241})
  void theWayInIsFollowedHoweverLateItIs(int first) {
    Film film =
        Film.of(
            first + 60,
            f -> f < first ? List.of() : List.of(face(900 - 10 * (f - first), 300, 60, 0.8)));
    List<SealedFrame> frames = film.track();
    for (int f = first - 12; f < first; f++) {
      Box truth = face(900 - 10 * (f - first), 300, 60, 1).box();
      assertThat(Film.coverage(frames.get(f), truth)).as("frame %d", f).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"25, 3, 200", "120, 12, 900", "240, 24, 2000", "240, 24, 2017"})
  void theWayOutIsFollowedHoweverManyFramesASecondThereAre(int fps, int step, int end) {
    Film film = new Film();
    for (int f = 0; f < end + 2 * fps; f++) {
      boolean seen = f % step == 0 && f <= end;
      double x = 100 + (1000.0 * f) / end;
      film.add(f / (double) fps, seen ? List.of(face(x, 300, 60, 0.8)) : List.of(), false);
    }
    film.moving(f -> Similarity.IDENTITY);
    List<SealedFrame> frames = film.track();
    int last = end / step * step;
    for (int f = last; f < last + 0.45 * fps; f++) {
      Box truth = face(100 + (1000.0 * f) / end, 300, 40, 1).box();
      assertThat(Film.coverage(frames.get(f), truth)).as("frame %d", f).isEqualTo(1);
    }
  }

  @Test
  void whoIsFoundOnceMoreAfterAGapIsFollowedOnOrHasStopped() {
    Film film =
        Film.of(
            150, f -> f < 60 || f == 75 ? List.of(face(100 + 10 * f, 300, 60, 0.8)) : List.of());
    List<SealedFrame> frames = film.track();
    for (int f = 76; f < 75 + 12; f++) {
      Box goingOn = face(100 + 10 * f, 300, 60, 1).box();
      Box stopped = face(100 + 10 * 75, 300, 60, 1).box();
      assertThat(Film.coverage(frames.get(f), goingOn)).as("frame %d", f).isEqualTo(1);
      assertThat(Film.coverage(frames.get(f), stopped)).as("frame %d", f).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"45, 0.3", "60, 0.3", "80, 0.3", "60, 0.7", "90, 0.7"})
  void aNeighbourThatIsFoundNextDoesNotTakeTheEndOfAnObjectAway(int away, double score) {
    for (boolean stays : new boolean[] {false, true}) {
      Film film =
          Film.of(
              80,
              f ->
                  f == 30
                      ? List.of(face(600, 300, 40, 0.7))
                      : f == 33 || (stays && f > 33 && f % 3 == 0)
                          ? List.of(face(600 + away, 300, 40, score))
                          : List.of());
      List<SealedFrame> frames = film.moving(f -> Similarity.IDENTITY).track();
      Box first = face(600, 300, 40, 1).box();
      Box second = face(600 + away, 300, 40, 1).box();
      for (int f = 20; f < 45; f++) {
        boolean both = f >= 22 && score > 0.6;
        assertThat(f > 41 ? 1 : Film.coverage(frames.get(f), first)).as("%d", f).isEqualTo(1);
        assertThat(both ? Film.coverage(frames.get(f), second) : 1).as("%d", f).isEqualTo(1);
      }
    }
  }

  @Test
  void aNeighbourDoesNotTakeTheEndOfATrackAwayWhoseLastDetectionWasWeak() {
    Film film =
        Film.of(
            80,
            f ->
                f <= 30 && f % 3 == 0
                    ? List.of(face(600, 300, 40, f == 30 ? 0.2 : 0.9))
                    : f == 33 ? List.of(face(660, 300, 40, 0.8)) : List.of());
    List<SealedFrame> frames = film.moving(f -> Similarity.IDENTITY).track();
    for (int f = 31; f < 42; f++) {
      assertThat(Film.coverage(frames.get(f), face(600, 300, 40, 1).box())).isEqualTo(1);
    }
  }

  @Test
  void oneMissedFrameIsNoGapHoweverFarApartFramesAre() {
    Film film = new Film();
    for (int f = 0; f < 20; f++) {
      film.add(f, f == 10 ? List.of() : List.of(face(600, 300, 60, 0.9)), false);
    }
    List<SealedFrame> frames = film.track();
    assertThat(Film.coverage(frames.get(10), face(600, 300, 60, 1).box())).isEqualTo(1);
  }

  @Test
  void aLostObjectGoesOnWithTheCamera() {
    // Five faces stand still while the camera begins to pan when the first is lost for 20 frames.
    Film film =
        Film.of(
            80,
            f -> {
              List<Detection> found = new ArrayList<>();
              for (int i = 0; i < 5; i++) {
                if (i > 0 || f < 40) {
                  found.add(face(panned(i, f), 300, 30, 0.8));
                }
              }
              return found;
            });
    List<SealedFrame> frames = film.track();
    for (int f = 40; f < 52; f++) {
      assertThat(Film.coverage(frames.get(f), face(panned(0, f), 300, 30, 1).box()))
          .as("frame %d", f)
          .isGreaterThan(0.95);
    }
  }

  private static double panned(int object, int frame) {
    return 500 + 100 * object - 12.0 * Math.max(0, frame - 39);
  }

  @Test
  void aLostObjectGoesOnWithAPictureThatPansZoomsAndRolls() {
    // One face only, so that nothing but the measured movement tells of the camera.
    Similarity step = new Similarity(1.004 * Math.cos(0.003), 1.004 * Math.sin(0.003), -8, 2);
    Film film =
        Film.of(60, f -> f < 20 || f >= 40 ? List.of() : List.of(moved(step, f))).moving(f -> step);
    List<SealedFrame> frames = film.track();
    for (int f = 9; f < 52; f++) {
      TrackedBox box = Film.only(frames.get(f)).orElseThrow();
      assertThat(Film.coverage(frames.get(f), moved(step, f).box())).as("frame %d", f).isEqualTo(1);
      assertThat(box.box().area()).as("frame %d", f).isLessThan(2 * moved(step, f).box().area());
    }
  }

  @Test
  void aDriveForwardWithoutEndIsFollowed() {
    // After 4,000 frames what stood still has grown 10^17 times.
    Similarity step = new Similarity(1.01, 0, -6.4, -3.6);
    Film film =
        Film.of(
                4000,
                f -> {
                  double size = 20 * Math.pow(1.01, f % 100);
                  double x = 640 + 10 * Math.pow(1.01, f % 100);
                  return f % 100 == 50 ? List.of() : List.of(face(x, 360, size, 0.8));
                })
            .moving(f -> step);
    List<SealedFrame> frames = film.track();
    for (int f = 50; f < 4000; f += 100) {
      Box truth = face(640 + 10 * Math.pow(1.01, 50), 360, 20 * Math.pow(1.01, 50), 1).box();
      assertThat(Film.coverage(frames.get(f), truth)).as("frame %d", f).isEqualTo(1);
    }
  }

  private static Detection moved(Similarity step, int frame) {
    Box box = face(900, 200, 40, 1).box();
    for (int f = 0; f < frame; f++) {
      box = step.apply(box);
    }
    return face(box, 0.8);
  }

  @Test
  void labelsAreNotMixed() {
    Film film =
        Film.of(
            50,
            f ->
                List.of(
                    new Detection(
                        f % 2 == 0 ? Label.FACE : Label.PLATE, Box.around(300, 300, 50, 50), 0.9)));
    assertThat(Film.tracks(film.track()))
        .extracting(Track::label)
        .containsExactlyInAnyOrder(Label.FACE, Label.PLATE);
  }

  @Test
  void trackNumbersHaveNoHolesThoughManyChainsDoNotCount() {
    Random random = new Random(11);
    Film film =
        Film.of(
            300,
            f -> {
              List<Detection> found = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                found.add(
                    face(
                        1280 * random.nextDouble(),
                        720 * random.nextDouble(),
                        30,
                        0.15 + 0.46 * random.nextDouble()));
              }
              return found;
            });
    List<Track> tracks = Film.tracks(film.track());
    assertThat(tracks).hasSizeGreaterThan(10);
    for (int i = 0; i < tracks.size(); i++) {
      assertThat(tracks.get(i).id()).isEqualTo(i + 1);
      assertThat(i == 0 || tracks.get(i - 1).first().frame() <= tracks.get(i).first().frame())
          .isTrue();
    }
  }

  @Test
  void theOrderOfDetectionsDoesNotMatter() {
    Random random = new Random(5);
    Film sorted = new Film();
    Film shuffled = new Film();
    for (int f = 0; f < 200; f++) {
      List<Detection> found = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        found.add(face(100 * i + f, 200 + 10 * random.nextDouble(), 40, random.nextDouble()));
      }
      sorted.add(f / 25.0, found, f == 90);
      Collections.shuffle(found, random);
      shuffled.add(f / 25.0, found, f == 90);
    }
    assertThat(shuffled.track()).isEqualTo(sorted.track());
  }

  @Test
  void oddBoxesDoNoHarm() {
    Film film =
        Film.of(
            40,
            f ->
                List.of(
                    face(new Box(5, 5, 5, 5), 0.9),
                    face(new Box(-50, -60, -10, -20), 0.9),
                    face(new Box(0, 0, 1e6, 1e6), 0.9),
                    face(new Box(10, 10, 10.01, 10.01), 0.9)));
    assertThat(film.track()).hasSize(40);
  }

  @Test
  void framesOutOfOrderAreRefused() {
    Tracker tracker = new Tracker(Film.SETTINGS, 100, 100, 100);
    tracker.update(Film.moment(0, 0), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tracker.update(Film.moment(2, 0.1), List.of()))
        .withMessageContaining("frame 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tracker.update(Film.moment(1, 0), List.of()))
        .withMessageContaining("not after");
    tracker.finish();
    assertThat(tracker.drainSealed()).hasSize(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> tracker.update(Film.moment(1, 0.1), List.of()));
  }

  @Test
  void whatNoChainLedToIsNewIfItIsSure() {
    Tracker tracker = new Tracker(Film.SETTINGS, Film.WIDTH, Film.WIDTH, Film.HEIGHT);
    tracker.update(Film.moment(0, 0), List.of(face(200, 300, 50, 0.9), face(900, 600, 50, 0.3)));
    assertThat(tracker.newcomers()).containsExactly(face(200, 300, 50, 1).box());
    tracker.update(Film.moment(1, 0.04), List.of(face(203, 300, 50, 0.9)));
    assertThat(tracker.newcomers()).as("it goes on").isEmpty();
    tracker.update(Film.moment(2, 0.08), List.of());
    tracker.update(Film.moment(3, 0.12), List.of(face(500, 300, 50, 0.9)));
    assertThat(tracker.newcomers()).as("too far away").containsExactly(face(500, 300, 50, 1).box());
    tracker.update(Film.moment(4, 0.16), List.of());
    assertThat(tracker.newcomers()).isEmpty();
  }

  @Test
  void oneLookSoonAfterTheFirstTellsTheWayOfWhoRuns() {
    // 45 px a frame, looked at in every third frame.
    for (boolean soon : new boolean[] {false, true}) {
      Film film =
          Film.of(
              60,
              f ->
                  f >= 9 && f <= 36 && (f % 3 == 0 || (soon && f == 10))
                      ? List.of(face(20 + 45 * (f - 9), 300, 40, 0.8))
                      : List.of());
      List<SealedFrame> frames = film.track();
      boolean all = true;
      for (int f = 9; f <= 36; f++) {
        all &= Film.coverage(frames.get(f), face(20 + 45 * (f - 9), 300, 40, 1).box()) == 1;
      }
      assertThat(all).as("covered throughout").isEqualTo(soon);
    }
  }
}
