package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameter sets are of real streams: x264 at 320x180 and 640x360, High and Baseline. */
class SequenceSetTest {
  private static final String HIGH = "6764000cacd941419f9f011000000300100000030320f1429960";
  private static final String CONSTRAINED = "6742c01eda0280bfe5c05a808080a000000c800002ed41e2c5d4";

  private static byte[] bytes(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Test
  void readsWhatDecodingNeeds() throws NotJoinable {
    SequenceSet set = SequenceSet.parse(bytes(HIGH));
    assertThat(set.profile()).isEqualTo(100);
    assertThat(set.level()).isEqualTo(12);
    assertThat(set.widthBlocks()).isEqualTo(20);
    assertThat(set.heightBlocks()).isEqualTo(12);
    assertThat(set.cropBottom()).isEqualTo(6);
    assertThat(set.orderType()).isZero();
  }

  @ParameterizedTest
  @CsvSource({HIGH, CONSTRAINED})
  void whatIsWrittenIsReadAgainWithTheEncodersWords(String digits) throws NotJoinable {
    SequenceSet.Described described = SequenceSet.parseDescribed(bytes(digits));
    byte[] written = described.set().unit(described.usability(), 2, 4);
    assertThat(SequenceSet.parse(written)).isEqualTo(described.set());
    SequenceSet.Described again = SequenceSet.parseDescribed(written);
    assertThat(again.set().unit(again.usability(), 2, 4)).isEqualTo(written);
  }

  /** Anything behind the fields that decoding needs is the input's own business. */
  @Test
  void nothingElseOfTheInputIsWritten() throws NotJoinable {
    SequenceSet.Described own = SequenceSet.parseDescribed(bytes(HIGH));
    byte[] odd = bytes(HIGH.substring(0, 20) + "0102aabbccddeeff2233445566");
    byte[] clean = bytes(HIGH);
    SequenceSet set = SequenceSet.parse(odd);
    assertThat(set).isEqualTo(SequenceSet.parse(clean));
    assertThat(set.unit(own.usability(), 2, 4))
        .isEqualTo(SequenceSet.parse(clean).unit(own.usability(), 2, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "677a000cacd941419f9e10, profile", // High 4:2:2
    "676e000cacd941419f9e10, profile", // High 10
    "6864000cacd941419f9e10, damaged", // a picture's
    "67640000, too soon",
  })
  void whatIsNotCopiedIsNamed(String digits, String word) {
    assertThatThrownBy(() -> SequenceSet.parse(bytes(digits)))
        .isInstanceOf(NotJoinable.class)
        .hasMessageContaining(word);
  }

  @Test
  void aWiderProfileHoldsTheNarrowerOne() throws NotJoinable {
    SequenceSet narrow = SequenceSet.parse(bytes(CONSTRAINED));
    SequenceSet wide = narrow.within(100, 40);
    assertThat(wide.profile()).isEqualTo(100);
    assertThat(wide.hasSizeOf(narrow)).isTrue();
    assertThat(SequenceSet.parse(wide.unit(new BitWriter().bits(8, 0), 0, 4))).isEqualTo(wide);
  }
}
