package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.media.NalUnits.Unit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NalUnitsTest {
  private static byte[] bytes(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Test
  void bothFormsHoldTheSameUnits() throws NotJoinable {
    byte[] separate = bytes("0000000109f0" + "000001" + "0605aa80" + "00000001" + "6588ff80");
    byte[] measured = bytes("000209f0" + "00040605aa80" + "00046588ff80");
    List<Unit> first = NalUnits.ofStartCodes().split(separate, separate.length);
    List<Unit> second = new NalUnits(2).split(measured, measured.length);
    assertThat(first).extracting(Unit::type).containsExactly(9, 6, 5);
    assertThat(second).extracting(Unit::type).containsExactly(9, 6, 5);
    for (int i = 0; i < 3; i++) {
      assertThat(NalUnits.bytes(separate, first.get(i)))
          .isEqualTo(NalUnits.bytes(measured, second.get(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000509f0", "00000209f0", "0000"})
  void lengthsThatLeadOutAreRefused(String digits) {
    byte[] data = bytes(digits);
    assertThatThrownBy(() -> new NalUnits(2).split(data, data.length))
        .isInstanceOf(NotJoinable.class);
  }

  @Test
  void bytesBeforeTheFirstStartCodeAreRefused() {
    byte[] data = bytes("aa00000109f0");
    assertThatThrownBy(() -> NalUnits.ofStartCodes().split(data, data.length))
        .isInstanceOf(NotJoinable.class);
  }

  /** A unit in a measured packet could hide others that appear where start codes count. */
  @Test
  void aUnitThatHidesAnotherIsNotWhole() throws NotJoinable {
    byte[] data = bytes("000a6588" + "0000010605aabb80");
    Unit unit = new NalUnits(2).split(data, data.length).get(0);
    assertThat(NalUnits.isWhole(data, unit)).isFalse();
    byte[] honest = bytes("00066588ff00aa80");
    assertThat(NalUnits.isWhole(honest, new NalUnits(2).split(honest, honest.length).get(0)))
        .isTrue();
  }
}
