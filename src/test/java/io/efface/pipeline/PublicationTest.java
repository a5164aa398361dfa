package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding;
import org.junit.jupiter.api.Test;

class PublicationTest {
  @Test
  void aRegionThatFailsAtLowQualityComesWithAdvice() {
    assertThat(Publication.advice(Finding.Kind.REGION, 20))
        .isEqualTo(
            "; at --quality 20 an encoder's errors can look like what was there: use 75 or more");
  }

  @Test
  void whatQualityDoesNotExplainComesWithoutAdvice() {
    assertThat(Publication.advice(Finding.Kind.REGION, 75)).isEmpty();
    assertThat(Publication.advice(Finding.Kind.METADATA, 20)).isEmpty();
  }
}
