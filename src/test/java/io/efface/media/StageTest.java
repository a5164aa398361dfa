package io.efface.media;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StageTest {
  @Test
  void whatTheWorkThrewIsThrownAsItIs() {
    for (Error error : List.of(new OutOfMemoryError(), new UnsatisfiedLinkError())) {
      Callable<String> work =
          () -> {
            throw error;
          };
      try (Stage<String> stage = Stage.start("work", work)) {
        assertThatThrownBy(stage::result).isSameAs(error);
      }
    }
  }
}
