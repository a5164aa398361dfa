package io.efface.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.manifest.Edits.Area;
import io.efface.manifest.Edits.Drawn;
import io.efface.manifest.Edits.Fate;
import io.efface.manifest.Edits.OnTrack;
import io.efface.manifest.Edits.Span;
import io.efface.media.Rational;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A film of ten frames, 40 ms each, of 640x480 pixels, with two faces and a plate. */
class AmendmentTest {
  private static final Rational MILLIS = new Rational(1, 1000);
  private static final Optional<String> WHY = Optional.of("a poster");

  /** Rests in the upper left. */
  private static final Track RESTING = track(1, Label.FACE, 0, 10, f -> Box.ofSize(50, 50, 40, 50));

  /** Passes the first on its way to the right. */
  private static final Track PASSING =
      track(2, Label.FACE, 0, 10, f -> Box.ofSize(40 + 30 * f, 50, 40, 50));

  private static final Track PLATE = track(3, Label.PLATE, 4, 3, f -> Box.ofSize(60, 120, 30, 10));

  @Test
  void decidesOnTracks() {
    Manifest made =
        amended(
            new OnTrack(1, new Decision.Keep("she agreed")),
            new OnTrack(3, new Decision.Drop("a sign")));
    assertThat(made.redacted()).extracting(Track::id).containsExactly(2);
    assertThat(made.tracks().get(0).decision()).isEqualTo(new Decision.Keep("she agreed"));
    assertThat(made.tracks().get(2).decision()).isEqualTo(new Decision.Drop("a sign"));
  }

  @Test
  void refusesATrackThatIsNotThere() {
    assertThatThrownBy(() -> amended(new OnTrack(7, new Decision.Drop("a sign"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no track 7 in the manifest, which has 3; is it the right one?");
  }

  @Test
  void aBoxThatStaysBecomesATrack() {
    Box box = Box.ofSize(300, 200, 20, 30);
    Manifest made = amended(drawn(new Moment.Frame(2), box, new Moment.Frame(4), box));
    Track track = made.redacted().get(3);
    assertThat(track.id()).isEqualTo(4);
    assertThat(track.points())
        .containsExactly(
            new TrackPoint(2, 80, box, 0, Origin.MANUAL),
            new TrackPoint(3, 120, box, 0, Origin.MANUAL),
            new TrackPoint(4, 160, box, 0, Origin.MANUAL));
  }

  @Test
  void aBoxMovesEvenlyBetweenItsKeys() {
    Manifest made =
        amended(
            new Drawn(
                Label.PLATE,
                List.of(
                    new Edits.Key(new Moment.Frame(0), Box.ofSize(100, 100, 20, 10)),
                    new Edits.Key(new Moment.Frame(4), Box.ofSize(140, 100, 40, 10)),
                    new Edits.Key(new Moment.Seconds(0.24), Box.ofSize(140, 120, 40, 10)))));
    List<TrackPoint> points = made.redacted().get(3).points();
    // The last key is told in seconds, so the frame that begins 0.04 s behind it is meant, too.
    assertThat(points).hasSize(8);
    assertThat(points.get(1).box()).isEqualTo(Box.ofSize(110, 100, 25, 10));
    assertThat(points.get(4).box()).isEqualTo(Box.ofSize(140, 100, 40, 10));
    assertThat(points.get(5).box()).isEqualTo(Box.ofSize(140, 110, 40, 10));
    assertThat(points.get(6).box()).isEqualTo(Box.ofSize(140, 120, 40, 10));
    assertThat(points.get(7).box()).isEqualTo(Box.ofSize(140, 120, 40, 10));
  }

  @Test
  void whatIsDestroyedTakesInWhatIsShownJustOutsideTimesInSeconds() {
    Box box = Box.ofSize(300, 200, 20, 30);
    Manifest made = amended(drawn(new Moment.Seconds(0.1), box, new Moment.Seconds(0.13), box));
    assertThat(made.redacted().get(3).points())
        .extracting(TrackPoint::frame)
        .containsExactly(1L, 2L, 3L, 4L);
    Manifest zoned =
        amended(area(Fate.REDACT, 0, 0, 9, 9, new Moment.Seconds(0.1), new Moment.Seconds(0.13)));
    assertThat(zoned.zones()).extracting(Zone::frames).containsExactly(new FrameRange(1, 4));
    Manifest halfByNumber =
        amended(area(Fate.REDACT, 0, 0, 9, 9, new Moment.Frame(2), new Moment.Seconds(0.13)));
    assertThat(halfByNumber.zones()).extracting(Zone::frames).containsExactly(new FrameRange(2, 4));
  }

  @ParameterizedTest
  @CsvSource({"0.3,0.333333", "0.3,0.33", "0.3,0.3"})
  void aSpanReadFromAReportTakesInItsFirstAndLastFrame(double first, double last) {
    FrameTimes times = new FrameTimes(new Rational(1, 30));
    for (int f = 0; f < 30; f++) {
      times.add(f);
    }
    // Frames 8 to 10 begin at 0.2666.., 0.3 and 0.3333.. s.
    FrameRange range = times.outer(new Moment.Seconds(first), new Moment.Seconds(last));
    assertThat(range.contains(8)).isTrue();
    assertThat(range.contains(10)).isTrue();
    assertThat(range.last()).isLessThanOrEqualTo(11);
    assertThat(times.outer(new Moment.Seconds(0), new Moment.Seconds(0.96)))
        .isEqualTo(new FrameRange(0, 29));
    assertThat(times.inner(new Moment.Seconds(0.3), new Moment.Seconds(0.333333)))
        .isEqualTo(new FrameRange(9, 9));
  }

  @Test
  void aZoneLastsThroughoutUnlessSaidOtherwise() {
    Manifest made = amended(area(Fate.REDACT, 0, 0, 100, 100));
    assertThat(made.zones())
        .containsExactly(new Zone(new FrameRange(0, 9), rectangle(0, 0, 100, 100), WHY));
    assertThat(made.redacted()).hasSize(3);
  }

  @Test
  void aZoneToBeLeftKeepsWhatStaysInItAndNotWhoPasses() {
    Manifest made = amended(area(Fate.KEEP, 30, 30, 200, 140));
    assertThat(made.redacted()).extracting(Track::id).containsExactly(2);
    assertThat(made.tracks().get(0).decision())
        .isEqualTo(new Decision.Keep("in a zone to be left visible: a poster"));
    assertThat(made.zones()).isEmpty();
  }

  @Test
  void aZoneToBeLeftKeepsOnlyWhatLivesWithinItsSpan() {
    Manifest made =
        amended(area(Fate.KEEP, 30, 30, 200, 140, new Moment.Frame(3), new Moment.Frame(8)));
    assertThat(made.redacted()).extracting(Track::id).containsExactly(1, 2);
    // Begins within frame 3, so that frame 4 is the first that is wholly meant.
    Manifest later =
        amended(
            area(Fate.KEEP, 30, 30, 200, 140, new Moment.Seconds(0.165), new Moment.Seconds(0.3)));
    assertThat(later.redacted()).hasSize(3);
  }

  @Test
  void aZoneToBeLeftNeverUncoversWhatAPersonDrew() {
    Box box = Box.ofSize(60, 60, 20, 30);
    Manifest made =
        amended(
            new Edits(
                Optional.empty(),
                List.of(),
                List.of(drawn(new Moment.Frame(0), box, new Moment.Frame(9), box)),
                List.of(area(Fate.KEEP, 0, 0, 640, 480), area(Fate.REDACT, 40, 40, 90, 90))));
    assertThat(made.redacted()).extracting(Track::id).containsExactly(4);
    assertThat(made.zones()).hasSize(1);
    // Nor does it when the edits are folded in one after another.
    Manifest again = amendment(made, edits(area(Fate.KEEP, 0, 0, 640, 480))).made();
    assertThat(again.redacted()).extracting(Track::id).containsExactly(4);
    assertThat(again.zones()).hasSize(1);
  }

  @Test
  void aDecisionOnATrackGoesBeforeAZone() {
    Manifest made =
        amended(
            new Edits(
                Optional.empty(),
                List.of(new OnTrack(1, Decision.REDACT)),
                List.of(),
                List.of(area(Fate.KEEP, 30, 30, 200, 140))));
    assertThat(made.redacted()).extracting(Track::id).containsExactly(1, 2);
  }

  @Test
  void saysWhichZoneLeftNothing() {
    Amendment amendment = amendment(manifest(), edits(area(Fate.KEEP, 400, 300, 500, 400)));
    amendment.made();
    assertThat(amendment.idle()).singleElement().asString().startsWith("zone 1 of the edits left");
  }

  @Test
  void refusesWhatLiesOutsideThePictureOrTheFilm() {
    Box far = Box.ofSize(640, 10, 20, 20);
    assertThatThrownBy(() -> amended(drawn(new Moment.Frame(0), far, new Moment.Frame(1), far)))
        .hasMessage("box 1: it lies outside the picture, which is 640x480 pixels when upright");
    assertThatThrownBy(() -> amended(area(Fate.REDACT, 10, -30, 20, 0)))
        .hasMessageStartingWith("zone 1: it lies outside the picture");
    assertThatThrownBy(
            () -> amended(area(Fate.REDACT, 0, 0, 9, 9, new Moment.Frame(0), new Moment.Frame(10))))
        .hasMessage("zone 1: frame 10 lies beyond the film, whose last frame is 9");
    assertThatThrownBy(
            () ->
                amended(
                    area(Fate.KEEP, 0, 0, 9, 9, new Moment.Seconds(0), new Moment.Seconds(0.5))))
        .hasMessage("zone 1: 0.5 s lies beyond the film, which is shown from 0 to 0.4 s");
    assertThat(
            amended(area(Fate.REDACT, 0, 0, 9, 9, new Moment.Seconds(0), new Moment.Seconds(0.4)))
                .zones())
        .hasSize(1);
    Box near = Box.ofSize(600, 10, 20, 20);
    assertThatThrownBy(() -> amended(drawn(new Moment.Frame(4), near, new Moment.Frame(3), far)))
        .hasMessageStartingWith("box 1: no frame lies from frame 4 to frame 3");
  }

  @Test
  void keysMustFollowOneAnother() {
    List<Edits.Key> keys =
        List.of(
            new Edits.Key(new Moment.Frame(0), Box.ofSize(1, 1, 9, 9)),
            new Edits.Key(new Moment.Frame(5), Box.ofSize(2, 1, 9, 9)),
            new Edits.Key(new Moment.Seconds(0.1), Box.ofSize(3, 1, 9, 9)),
            new Edits.Key(new Moment.Frame(9), Box.ofSize(4, 1, 9, 9)));
    assertThatThrownBy(() -> amended(new Drawn(Label.FACE, keys)))
        .hasMessage("box 1: its keys must follow one another in time");
  }

  @Test
  void placesAreThoseOfTheUprightPicture() {
    Manifest.Input turned = input(Orientation.ROTATED_90_CLOCKWISE);
    Manifest manifest =
        new Manifest(
            new Tool("efface", "test"),
            turned,
            List.of(),
            List.of(),
            List.of(0L),
            List.of(),
            List.of());
    assertThat(amendment(manifest, edits(area(Fate.REDACT, 0, 500, 9, 600))).made().zones())
        .hasSize(1);
    assertThatThrownBy(() -> amendment(manifest, edits(area(Fate.REDACT, 500, 0, 600, 9))).made())
        .hasMessageContaining("480x640");
  }

  @Test
  void whatIsMadeReadsBackAsItWas(@TempDir Path folder) throws IOException {
    Manifest made =
        amended(
            new Edits(
                Optional.empty(),
                List.of(new OnTrack(1, new Decision.Drop("a clock"))),
                List.of(),
                List.of(area(Fate.REDACT, 0.123, 0, 100, 100))));
    Path file = folder.resolve("manifest.json");
    try (OutputStream out = Files.newOutputStream(file)) {
      ManifestCodec.write(made, out);
    }
    assertThat(ManifestCodec.read(file)).isEqualTo(made);
  }

  private static Manifest amended(Edits edits) {
    return amendment(manifest(), edits).made();
  }

  private static Manifest amended(OnTrack... decisions) {
    return amended(new Edits(Optional.empty(), List.of(decisions), List.of(), List.of()));
  }

  private static Manifest amended(Drawn drawn) {
    return amended(new Edits(Optional.empty(), List.of(), List.of(drawn), List.of()));
  }

  private static Manifest amended(Area area) {
    return amended(edits(area));
  }

  private static Edits edits(Area area) {
    return new Edits(Optional.empty(), List.of(), List.of(), List.of(area));
  }

  private static Amendment amendment(Manifest manifest, Edits edits) {
    FrameTimes times = new FrameTimes(MILLIS);
    for (int f = 0; f < 10; f++) {
      times.add(40L * f);
    }
    return new Amendment(manifest, edits, times);
  }

  private static Drawn drawn(Moment from, Box start, Moment to, Box end) {
    return new Drawn(Label.FACE, List.of(new Edits.Key(from, start), new Edits.Key(to, end)));
  }

  private static Area area(Fate fate, double left, double top, double right, double bottom) {
    return new Area(fate, rectangle(left, top, right, bottom), Optional.empty(), WHY);
  }

  private static Area area(
      Fate fate, double left, double top, double right, double bottom, Moment from, Moment to) {
    return new Area(
        fate, rectangle(left, top, right, bottom), Optional.of(new Span(from, to)), WHY);
  }

  private static Polygon rectangle(double left, double top, double right, double bottom) {
    return new Polygon(
        List.of(
            new Point(left, top),
            new Point(right, top),
            new Point(right, bottom),
            new Point(left, bottom)));
  }

  /** Where an object is. */
  private interface Motion {
    Box at(int frame);
  }

  private static Track track(int id, Label label, int first, int frames, Motion path) {
    List<TrackPoint> points = new ArrayList<>();
    for (int f = first; f < first + frames; f++) {
      points.add(new TrackPoint(f, 40L * f, path.at(f), 0.5, Origin.DETECTED));
    }
    return new Track(id, label, points);
  }

  private static Manifest.Input input(Orientation orientation) {
    return new Manifest.Input(
        new FileIdentity("clip.mkv", Manifests.SHA256, 1),
        "matroska",
        0,
        "ffv1",
        640,
        480,
        orientation,
        Rational.UNKNOWN,
        MILLIS,
        10);
  }

  private static Manifest manifest() {
    return new Manifest(
        new Tool("efface", "test"),
        input(Orientation.UPRIGHT),
        List.of(Manifests.model()),
        List.of(Label.FACE, Label.PLATE),
        List.of(0L),
        List.of(),
        List.of(RESTING, PASSING, PLATE).stream()
            .map(track -> new Manifest.Entry(track, Decision.REDACT))
            .toList());
  }
}
