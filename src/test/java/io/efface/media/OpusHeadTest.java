package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpusHeadTest {
  private static final String MAGIC =
      HexFormat.of().formatHex("OpusHead".getBytes(StandardCharsets.US_ASCII));

  private static Optional<String> cleaned(String hex) {
    byte[] header = HexFormat.of().parseHex(hex.replace(" ", ""));
    return OpusHead.cleaned(header).map(HexFormat.of()::formatHex);
  }

  @Test
  void whatHangsOnAHeaderIsCutOffAndItsOldRateIsBlanked() {
    assertThat(cleaned(MAGIC + "01 02 3801 4a616e65 0000 00" + "4c617663"))
        .hasValue(MAGIC + "01" + "02" + "3801" + "80bb0000" + "0000" + "00");
    assertThat(cleaned(MAGIC + "0f 03 3801 44ac0000 0100 01 02 01 00ff01" + "4c617663"))
        .hasValue(MAGIC + "01" + "03" + "3801" + "80bb0000" + "0100" + "01" + "0201" + "00ff01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 00 3801 80bb0000 0000 00", // no channels
        "01 03 3801 80bb0000 0000 00", // three of one stream
        "01 02 3801 80bb0000 0000", // too short
        "01 02 3801 80bb0000 0000 01 01 01 00", // a channel too few
        "01 02 3801 80bb0000 0000 01 00 00 ffff", // no streams
        "01 02 3801 80bb0000 0000 01 01 02 0001", // more pairs than streams
        "01 02 3801 80bb0000 0000 01 01 01 0041" // a stream that is not there
      })
  void aHeaderThatContradictsItselfIsNotCopied(String fields) {
    assertThat(cleaned(MAGIC + fields)).isEmpty();
    assertThat(cleaned("")).isEmpty();
    assertThat(cleaned("4a" + MAGIC.substring(2) + "01 02 3801 80bb0000 0000 00")).isEmpty();
  }

  @Test
  void theNumberOfStreamsIsRead() {
    byte[] plain = HexFormat.of().parseHex(MAGIC + "0102380180bb0000000000");
    byte[] mapped = HexFormat.of().parseHex(MAGIC + "0102380180bb0000000001" + "0200" + "0001");
    assertThat(OpusHead.streams(plain)).isOne();
    assertThat(OpusHead.streams(mapped)).isEqualTo(2);
  }
}
