package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.pipeline.LookSchedule.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookScheduleTest {

  private static List<Integer> looks(LookSchedule schedule, double fps, int frames, int cut) {
    List<Integer> looks = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      if (schedule.next(i / fps, i == cut, () -> true) != Look.NONE) {
        schedule.found();
        looks.add(i);
      }
    }
    return looks;
  }

  @ParameterizedTest
  @CsvSource({"30, 3", "29.97, 3", "25, 3", "24, 3", "60, 6", "50, 5", "15, 2", "10, 1", "5, 1"})
  void looksTenTimesASecondOrAtEachFrame(double fps, int step) {
    List<Integer> looks = looks(LookSchedule.every(0.1), fps, 31, -1);
    assertThat(looks).startsWith(0, step, 2 * step, 3 * step);
  }

  @Test
  void toleratesTimesRoundedToMilliseconds() {
    LookSchedule schedule = LookSchedule.every(0.1);
    List<Integer> looks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      if (schedule.next(Math.round(i * 1000 / 30.0) / 1000.0, false, () -> true) != Look.NONE) {
        schedule.found();
        looks.add(i);
      }
    }
    assertThat(looks).containsExactly(0, 3, 6, 9);
  }

  @ParameterizedTest
  @CsvSource({
    "0.04, 0.04, false", "0.04, 0.2, false", "0.04, 0.3, true", "0.04, 1, true",
    "0.33, 0.33, false", "0.33, 0.4, false", "0.33, 1, true", "2, 2, false"
  })
  void knowsAStallFromAFilmOfFewFrames(double usual, double step, boolean stall) {
    LookSchedule schedule = LookSchedule.every(0.1);
    for (int i = 0; i < 5; i++) {
      schedule.next(i * usual, false, () -> true);
    }
    assertThat(schedule.isStall(4 * usual + step)).isEqualTo(stall);
  }

  @ParameterizedTest
  @CsvSource({"25, 4, 6", "30, 4, 6", "60, 8, 12", "120, 16, 24", "10, 2, 3"})
  void looksSoonAgainAtNewcomersOnce(double fps, int soon, int after) {
    LookSchedule schedule = LookSchedule.every(0.1);
    List<Integer> looks = new ArrayList<>();
    for (int i = 0; i <= after; i++) {
      if (schedule.next(i / fps, false, () -> true) != Look.NONE) {
        looks.add(i);
        schedule.found();
        if (looks.size() == 2) {
          schedule.newcomer();
        }
      }
    }
    assertThat(looks).hasSize(4).containsSequence(soon, after);
  }

  @Test
  void aNewcomerChangesNothingWhereEachFrameIsLookedAt() {
    LookSchedule schedule = LookSchedule.every(0);
    schedule.next(0, false, () -> true);
    schedule.newcomer();
    assertThat(schedule.next(0.001, false, () -> true)).isEqualTo(Look.WHOLE);
  }

  @Test
  void beginsAnewWithEachShot() {
    assertThat(looks(LookSchedule.every(0.1), 30, 10, 4)).containsExactly(0, 3, 4, 7);
  }

  @Test
  void looksAtEachFrameWhereNothingIsSpared() {
    assertThat(looks(LookSchedule.every(0), 30, 4, -1)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void looksLessWhereNothingIsFoundAndAtEachFrameAgainOnceItIs() {
    LookSchedule schedule = LookSchedule.every(0.04);
    List<Integer> looks = new ArrayList<>();
    for (int i = 0; i <= 60; i++) {
      if (schedule.next(i * 0.04, i == 0, () -> true) != Look.NONE) {
        looks.add(i);
        if (i == 53) {
          schedule.found();
        }
      }
    }
    assertThat(looks.subList(0, 26)).containsExactlyElementsOf(upTo(25));
    assertThat(looks.subList(26, 30)).containsExactly(32, 39, 46, 53);
    assertThat(looks.subList(30, looks.size())).containsExactly(54, 55, 56, 57, 58, 59, 60);
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(0, last).boxed().toList();
  }

  @Test
  void looksRarelyWhereNothingChangesUntilItDoes() {
    LookSchedule schedule = LookSchedule.every(0.1);
    List<Integer> looks = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      boolean changed = i == 23;
      if (schedule.next(i / 10.0, false, () -> changed) != Look.NONE) {
        looks.add(i);
      }
    }
    assertThat(looks.subList(0, 11)).containsExactlyElementsOf(upTo(10));
    assertThat(looks.subList(11, looks.size())).containsExactly(15, 20, 23, 28, 33, 42);
  }

  @Test
  void looksAgainSoonWhereSomethingIsSuspected() {
    LookSchedule schedule = LookSchedule.every(0.1);
    List<Integer> looks = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      if (schedule.next(i / 10.0, false, () -> false) != Look.NONE) {
        looks.add(i);
        if (i == 15) {
          schedule.suspected();
        }
      }
    }
    assertThat(looks.subList(11, looks.size())).containsExactly(15, 18, 23, 28);
  }

  @Test
  void looksAgainHoweverSlowlyTimesRise() {
    LookSchedule schedule = LookSchedule.every(0.1);
    int looks = 0;
    for (int i = 0; i < 610; i++) {
      looks += schedule.next(i * 1e-5, false, () -> true) == Look.NONE ? 0 : 1;
    }
    assertThat(looks).isEqualTo(10);
  }

  @Test
  void sparesNothingWhereEachFrameIsAskedFor() {
    LookSchedule schedule = LookSchedule.every(0);
    for (int i = 0; i < 100; i++) {
      assertThat(schedule.next(i / 10.0, false, () -> false)).isEqualTo(Look.WHOLE);
    }
  }

  @Test
  void looksWhereTimesGoBack() {
    LookSchedule schedule = LookSchedule.every(0.1);
    assertThat(schedule.next(100, false, () -> true)).isEqualTo(Look.WHOLE);
    assertThat(schedule.next(0, false, () -> true)).isEqualTo(Look.WHOLE);
  }

  @Test
  void everyOtherOfFrequentLooksIsAGlance() {
    LookSchedule schedule = LookSchedule.every(0.1);
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      looks.add(schedule.next(i / 10.0, i == 3, () -> true));
      schedule.found();
    }
    assertThat(looks)
        .containsExactly(
            Look.WHOLE,
            Look.GLANCE,
            Look.WHOLE,
            Look.WHOLE,
            Look.GLANCE,
            Look.WHOLE,
            Look.GLANCE,
            Look.WHOLE);
  }

  @Test
  void looksFarApartAreWhole() {
    LookSchedule quiet = LookSchedule.every(0.1);
    LookSchedule slow = LookSchedule.every(0.1);
    Look begin = quiet.next(0, false, () -> true);
    assertThat(begin).isEqualTo(Look.WHOLE);
    for (int i = 0; i < 100; i++) {
      Look look = quiet.next(2 + i / 25.0, false, () -> true);
      assertThat(look).isNotEqualTo(Look.GLANCE);
      assertThat(slow.next(i / 5.0, false, () -> true)).isIn(Look.WHOLE, Look.NONE);
      slow.found();
    }
  }

  @Test
  void refusesAnImpossiblePause() {
    assertThatThrownBy(() -> LookSchedule.every(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LookSchedule.every(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
