package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.testing.Bits;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AacHeaderTest {
  /** Low complexity, 48 kHz, channels listed: a pair in front, a pair behind. */
  private static final byte[] LISTED =
      Bits.bytes(
          "00010 0011 0000 000" + "0000 01 0011 0001 0000 0001 00 000 0000 000 1 0000 1 0001");

  private static final String QUAD = HexFormat.of().formatHex(LISTED);

  /** That no bands are replicated, as libav's encoder says at the end. */
  private static final String NO_BANDS = "56e500";

  private static String named(String name) {
    return HexFormat.of().formatHex(name.getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<String> cleaned(String header) {
    return AacHeader.cleaned(HexFormat.of().parseHex(header))
        .map(bytes -> HexFormat.of().formatHex(bytes));
  }

  @Test
  void theCommentOnChannelsIsTakenOut() {
    assertThat(cleaned(QUAD + "04" + named("Lavc") + NO_BANDS)).hasValue(QUAD + "00" + NO_BANDS);
    assertThat(cleaned(QUAD + "0d" + named("Lavc61.19.100") + NO_BANDS))
        .hasValue(QUAD + "00" + NO_BANDS);
    assertThat(cleaned(QUAD + "ff" + "2a".repeat(255))).hasValue(QUAD + "00");
    assertThat(cleaned(QUAD + "00" + NO_BANDS)).hasValue(QUAD + "00" + NO_BANDS);
  }

  /** The same coding for channels with errors. */
  @Test
  void theCommentOfAResilientKindIsTakenOutToo() {
    byte[] listed =
        Bits.bytes(
            "10001 0011 0000 000" + "0000 01 0011 0001 0000 0001 00 000 0000 000 1 0000 1 0001");
    String quad = HexFormat.of().formatHex(listed);
    assertThat(cleaned(quad + "04" + named("Lavc") + "00")).hasValue(quad + "00" + "00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1210", // stereo
        "121056e500", // without replicated bands
        "139056e5a0", // with them
        "139056e5a54880", // and with parametric stereo
        "2b920800", // the same said in front
        "eb8a0800",
        "f8e85000", // low delay
        "f94640222c00c0", // xHE-AAC
      })
  void whatDescribesTheSoundIsKept(String header) {
    assertThat(cleaned(header)).hasValue(header);
  }

  @ParameterizedTest
  @CsvSource({
    "12104c617663, 1210",
    "121056e57f, 121056e500",
    "121056e5004c617663, 121056e500",
    "139056e5a548ff4c617663, 139056e5a54880",
  })
  void whatStandsBehindTheEndIsCutOff(String header, String kept) {
    assertThat(cleaned(header)).hasValue(kept);
  }

  @Test
  void aListThatEndsTooSoonCannotBeCleaned() {
    assertThat(cleaned(QUAD + "05" + named("Lavc"))).isEmpty();
    assertThat(cleaned(QUAD.substring(0, 10))).isEmpty();
    assertThat(cleaned(QUAD)).as("decoders take that").hasValue(QUAD);
  }

  @ParameterizedTest
  @CsvSource({
    "'', true", // each packet has a header of its own
    "1210, true",
    "2b920800, true",
    "eb8a0800, true",
    "8a10, false", // for channels with errors
    "f8e85000, false",
    "f94640222c00c0, false",
  })
  void onlyThePlainKindsHaveNumberedElements(String header, boolean elements) {
    assertThat(AacHeader.read(HexFormat.of().parseHex(header)).hasElements()).isEqualTo(elements);
  }
}
