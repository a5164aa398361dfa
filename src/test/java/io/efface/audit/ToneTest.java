package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneTest {
  private static final int CELLS = 1000;

  /** Luma of a picture with much contrast. */
  private static final byte[] INPUT = input();

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 3})
  void theWholeDifferenceOfAnHonestOutputIsNoise(double sigma) {
    Tone tone = tone(INPUT, sigma, code -> code);
    assertThat(tone.noise()).isEqualTo(tone.difference());
    assertThat(tone.levelNoise()).isEqualTo(tone.difference());
    assertThat(tone.contrast()).isEqualTo(1);
    assertThat(tone.isAnother()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {25, -25, 60})
  void aChangeOfBrightnessIsNoNoise(int codes) {
    Tone tone = tone(INPUT, 1, code -> code + codes);
    assertThat(tone.difference()).isCloseTo(Math.abs(codes), within(1.0));
    assertThat(tone.shift()).isCloseTo(codes, within(1.0));
    assertThat(tone.noise()).isEqualTo(4);
    assertThat(tone.levelNoise()).isEqualTo(8);
    assertThat(tone.isAnother()).isTrue();
  }

  @Test
  void aChangeOfContrastIsNoNoise() {
    Tone tone = tone(INPUT, 1, code -> 128 + 0.4 * (code - 128));
    assertThat(tone.gain()).isCloseTo(0.4, within(0.02));
    assertThat(tone.noise()).isEqualTo(4);
    assertThat(tone.contrast()).isEqualTo(0.5);
    assertThat(tone.isAnother()).isTrue();
    assertThat(tone(INPUT, 1, code -> 110 + 0.7 * (code - 110)).contrast())
        .isCloseTo(0.7, within(0.02));
  }

  @Test
  void aNegativeIsAnotherPicture() {
    Tone tone = tone(INPUT, 1, code -> 255 - code);
    assertThat(tone.noise()).isEqualTo(4);
    assertThat(tone.contrast()).isEqualTo(1);
    assertThat(tone.isAnother()).isTrue();
  }

  @Test
  void noiseIsNotUnbounded() {
    Tone tone = tone(INPUT, 30, code -> code);
    assertThat(tone.scatter()).isGreaterThan(15);
    assertThat(tone.noise()).isEqualTo(8);
    assertThat(tone.levelNoise()).isEqualTo(8);
    assertThat(tone.isAnother()).isFalse();
  }

  @Test
  void anEncoderMayTakeAwayAllDetail() {
    Tone tone = tone(INPUT, 0.7, code -> 110);
    assertThat(tone.difference()).isGreaterThan(15);
    assertThat(tone.noise()).isEqualTo(4);
    assertThat(tone.contrast()).isEqualTo(1);
    assertThat(tone.isAnother()).isFalse();
  }

  @Test
  void anEncoderMayBeLateWithALittleLight() {
    Tone tone = tone(INPUT, 1, code -> code + 13);
    assertThat(tone.isAnother()).isFalse();
  }

  @Test
  void anEvenPictureHasNoContrast() {
    byte[] even = cells(i -> 100);
    Tone tone = tone(even, 0, code -> code + 20);
    assertThat(tone).isEqualTo(new Tone(20, 0, 20, 1, 0, 0));
    assertThat(tone.isAnother()).isTrue();
  }

  @Test
  void onlyOpenCellsCount() {
    boolean[] open = new boolean[CELLS];
    Arrays.fill(open, 0, 300, true);
    byte[] output = cells(i -> (INPUT[i] & 0xff) + (i < 300 ? 0 : 50));
    assertThat(Tone.of(output, INPUT, open, 300).orElseThrow().difference()).isZero();
    assertThat(Tone.of(output, INPUT, open, 301)).isEmpty();
    assertThat(Tone.of(output, INPUT, new boolean[CELLS], 0)).isEmpty();
  }

  /** That of an output which was changed and then encoded with noise of a standard deviation. */
  private static Tone tone(byte[] input, double sigma, DoubleUnaryOperator change) {
    Random codec = new Random(2);
    byte[] output =
        cells(i -> change.applyAsDouble(input[i] & 0xff) + sigma * codec.nextGaussian());
    boolean[] open = new boolean[CELLS];
    Arrays.fill(open, true);
    return Tone.of(output, input, open, 200).orElseThrow();
  }

  private static byte[] input() {
    Random texture = new Random(1);
    return cells(i -> 110 + 30 * texture.nextGaussian());
  }

  private static byte[] cells(IntToDoubleFunction luma) {
    byte[] cells = new byte[CELLS];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) Math.max(0, Math.min(255, Math.round(luma.applyAsDouble(i))));
    }
    return cells;
  }
}
