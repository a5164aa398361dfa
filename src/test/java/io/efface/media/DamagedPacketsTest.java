package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DamagedPacketsTest {
  private final DamagedPackets packets = new DamagedPackets(new Rational(1, 1000));

  @Test
  void aPictureIsToldFromItsNeighbours() {
    packets.add(80);
    packets.add(FFmpeg.NO_PTS);
    assertThat(packets.isDamaged(40)).isFalse();
    assertThat(packets.isDamaged(80)).isTrue();
    assertThat(packets.isDamaged(80)).isFalse();
    assertThat(packets.isDamaged(1_000_000)).isFalse();
    assertThat(packets.isDamaged(FFmpeg.NO_PTS)).isTrue();
  }

  @Test
  void whereThereAreTooManyNoPictureIsTrusted() {
    for (int i = 0; i < DamagedPackets.MOST; i++) {
      packets.add(i);
    }
    assertThat(packets.isDamaged(-1)).isFalse();
    packets.add(DamagedPackets.MOST);
    assertThat(packets.isDamaged(-1)).isTrue();
    assertThat(packets.isDamaged(1L << 40)).isTrue();
  }

  /** A film may be hours long and damaged throughout. */
  @Test
  void thoseThatGaveNoPictureAreForgotten() {
    for (long i = 0; i < 10L * DamagedPackets.MOST; i++) {
      packets.add(40 * i);
      assertThat(packets.isDamaged(40 * i + 1)).isFalse();
    }
  }
}
