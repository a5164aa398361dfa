package io.efface.track;

import static io.efface.track.Film.face;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Detection;
import io.efface.geometry.Box;
import io.efface.testing.Reachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out while a film goes in: order, finality, memory. */
class TrackerStreamTest {

  private static Film noisyFilm(long seed, int frames) {
    Random random = new Random(seed);
    Film film = new Film();
    double seconds = 0;
    for (int f = 0; f < frames; f++) {
      List<Detection> found = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        if (random.nextDouble() < 0.6) {
          double x = 200 * i + 100 * Math.sin(f / 30.0 + i) + 3 * random.nextGaussian();
          found.add(face(x, 100 + 80 * i, 25 + 10 * i, 0.1 + 0.7 * random.nextDouble()));
        }
      }
      found.add(face(1280 * random.nextDouble(), 300, 20, 0.7 * random.nextDouble()));
      film.add(seconds, found, random.nextInt(150) == 0);
      seconds += 0.01 + 0.05 * random.nextDouble();
    }
    return film;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sealedFramesNeverChange(long seed) {
    Film film = noisyFilm(seed, 400);
    List<SealedFrame> whole = film.track();
    assertThat(whole).hasSize(400);
    for (int frames = 150; frames < 400; frames += 50) {
      List<SealedFrame> prefix = film.track(Film.SETTINGS, frames);
      assertThat(prefix).isNotEmpty().isEqualTo(whole.subList(0, prefix.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void theSameInputGivesTheSameOutput(long seed) {
    assertThat(noisyFilm(seed, 300).track()).isEqualTo(noisyFilm(seed, 300).track());
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void tracksHaveNoHolesWhateverTheHorizon(long seed) {
    Film film = noisyFilm(seed, 400);
    // A hole would make Track's constructor throw.
    assertThat(Film.tracks(film.track())).isNotEmpty();
    TrackerSettings shortest = OtherSettings.horizon(Film.SETTINGS, 1.5);
    assertThat(Film.tracks(film.track(shortest))).isNotEmpty();
  }

  @Test
  void everyFrameIsSealedOnceTheHorizonHasPassed() {
    Tracker tracker = new Tracker(Film.SETTINGS, Film.WIDTH, Film.WIDTH, Film.HEIGHT);
    List<Long> sealed = new ArrayList<>();
    for (int f = 0; f < 200; f++) {
      tracker.update(Film.moment(f, f / 25.0), List.of(face(300, 300, 50, 0.9)));
      tracker.drainSealed().forEach(frame -> sealed.add(frame.frame()));
      assertThat(sealed).hasSize(Math.max(0, f - 124));
    }
    tracker.finish();
    assertThat(tracker.drainSealed()).hasSize(125);
    assertThat(tracker.drainSealed()).isEmpty();
  }

  @Test
  void aFilmWithBrokenTimesDoesNotWaitForEver() {
    Tracker tracker = new Tracker(Film.SETTINGS, Film.WIDTH, Film.WIDTH, Film.HEIGHT);
    int sealed = 0;
    for (int f = 0; f < 10_000; f++) {
      List<Detection> found = f % 50 < 30 ? List.of(face(300, 300, 50, 0.9)) : List.of();
      tracker.update(Film.moment(f, f * 1e-5), found);
      sealed += tracker.drainSealed().size();
    }
    assertThat(sealed).isEqualTo(7_000);
  }

  @Test
  void aChainDoesNotGoOnThroughFramesThatAreNoLongerHeld() {
    Film film = new Film();
    for (int f = 0; f < 5000; f++) {
      List<Detection> found =
          f == 100 || f == 4000
              ? List.of(Film.face(600, 300, 40, f == 100 ? 0.3 : 0.8))
              : List.of();
      film.add(f / 90_000.0, found, false);
    }
    assertThat(film.track()).hasSize(5000);
  }

  @Test
  void memoryStaysFlatForAHundredThousandFrames() {
    Tracker tracker = new Tracker(Film.SETTINGS, Film.WIDTH, Film.WIDTH, Film.HEIGHT);
    Random random = new Random(9);
    int most = 0;
    for (int f = 0; f < 100_000; f++) {
      List<Detection> found = new ArrayList<>();
      // One track that never ends, one chain that never counts, one object after the other.
      if (f % 10 == 0) {
        found.add(face(300, 300, 50, 0.7));
        found.add(face(600, 300, 50, 0.2));
      }
      if (f % 40 == 0) {
        found.add(face(900, 100 + 10 * random.nextInt(50), 30, random.nextDouble()));
      }
      tracker.update(Film.moment(f, f / 25.0), found);
      tracker.drainSealed();
      if (f % 1000 == 999) {
        most = Math.max(most, Reachable.from(tracker));
      }
    }
    // 125 frames wait; each of a few chains holds a box for each of them and some before.
    assertThat(most).isBetween(125, 4_000);
  }

  @Test
  void twoHundredObjectsAFrameAreFollowed() {
    Film film =
        Film.of(
            30,
            f -> {
              List<Detection> found = new ArrayList<>();
              for (int i = 0; i < 200; i++) {
                double x = 30 + 60 * (i % 20) + f * (i % 3 - 1);
                found.add(face(x, 40 + 66 * (i / 20), 24, 0.8));
              }
              return found;
            });
    List<SealedFrame> frames = film.track();
    assertThat(Film.tracks(frames)).hasSize(200);
    assertThat(frames).allSatisfy(frame -> assertThat(frame.objects()).hasSize(200));
  }

  @Test
  void manyObjectsOnOneSpotAreStillTrackedOneByOne() {
    Box box = Box.around(400, 300, 60, 80);
    Film film =
        Film.of(
            10,
            f -> {
              List<Detection> found = new ArrayList<>();
              for (int i = 0; i < 100; i++) {
                found.add(face(box.translate(i * 0.1, 0), 0.8));
              }
              return found;
            });
    assertThat(film.track()).allSatisfy(frame -> assertThat(frame.objects()).hasSize(100));
  }
}
