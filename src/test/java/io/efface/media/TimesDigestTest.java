package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TimesDigestTest {

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  private static TimesDigest of(List<Long> times) {
    TimesDigest digest = new TimesDigest();
    times.forEach(digest::add);
    return digest;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderDoesNotCountButEveryTimeDoes(int seed) {
    Random random = new Random(seed);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      times.add(i * 512L + random.nextInt(512));
    }
    TimesDigest digest = of(times);
    List<Long> others = new ArrayList<>(times);
    Collections.shuffle(others, random);
    assertThat(of(others).matches(digest)).isTrue();
    // Two inner times moved against each other: count, ends and plain sum stay the same.
    others.sort(null);
    others.set(40, others.get(40) + 1);
    others.set(60, others.get(60) - 1);
    assertThat(of(others).matches(digest)).isFalse();
  }

  @Test
  void aMissingOrDoubledTimeIsSeen() {
    TimesDigest digest = of(List.of(0L, 1L, 2L, 3L));
    assertThat(digest.count()).isEqualTo(4);
    assertThat(of(List.of(0L, 1L, 3L)).matches(digest)).isFalse();
    assertThat(of(List.of(0L, 1L, 1L, 3L)).matches(digest)).isFalse();
    assertThat(new TimesDigest().matches(new TimesDigest())).isTrue();
  }
}
