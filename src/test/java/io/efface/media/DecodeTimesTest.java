package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {
  @Test
  void timesRiseAndAreNeverLaterThanTheirPictures() {
    DecodeTimes times = new DecodeTimes(2, 10);
    List<Long> shown = List.of(0L, 7L, 30L, 31L, 90L, 100L);
    shown.forEach(times::add);
    List<Long> decoded = new ArrayList<>();
    for (long pts : new long[] {0, 31, 7, 30, 100, 90}) {
      long time = times.next(pts);
      assertThat(time).isLessThanOrEqualTo(pts);
      decoded.add(time);
    }
    assertThat(decoded).containsExactly(-20L, -10L, 0L, 7L, 30L, 31L);
  }

  @Test
  void withoutReorderingTheyAreThePicturesOwn() {
    DecodeTimes times = new DecodeTimes(0, 10);
    for (long pts : new long[] {5, 6, 40}) {
      times.add(pts);
      assertThat(times.next(pts)).isEqualTo(pts);
    }
  }

  @Test
  void aPictureThatIsShownTooEarlyIsRefused() {
    DecodeTimes times = new DecodeTimes(0, 10);
    times.add(0);
    times.add(10);
    times.next(10);
    assertThatThrownBy(() -> times.next(0)).isInstanceOf(IllegalStateException.class);
  }
}
