package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.media.EncoderSettings.Preset;
import io.efface.media.PixelLayout.ColourModel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderSelectionTest {
  private static final PictureNeeds USUAL = needs(layout(1, 1, 8), false, false, 12_800);

  private final List<KnownEncoder> tried = new ArrayList<>();
  private Set<KnownEncoder> working = EnumSet.noneOf(KnownEncoder.class);

  @Test
  void autoTakesTheFirstHardwareThatWorksAndSaysSo() {
    working = EnumSet.of(KnownEncoder.H264_VAAPI, KnownEncoder.H264_QSV);
    EncoderUse use = select(VideoCodec.H264, EncoderWish.AUTO, USUAL).use();
    assertThat(use.encoder()).isEqualTo(KnownEncoder.H264_QSV);
    assertThat(use.unasked()).isTrue();
    assertThat(tried)
        .containsExactly(
            KnownEncoder.H264_NVENC, KnownEncoder.H264_VIDEOTOOLBOX, KnownEncoder.H264_QSV);
  }

  @Test
  void autoTriesOnlyWhatTheBuildHas() {
    EncoderSelection chosen =
        EncoderSelection.of(
            VideoCodec.HEVC,
            settings(VideoCodec.HEVC, EncoderWish.AUTO),
            USUAL,
            encoder -> encoder == KnownEncoder.HEVC_AMF,
            this::refusal);
    assertThat(tried).containsExactly(KnownEncoder.HEVC_AMF);
    assertThat(chosen.use().encoder()).isEqualTo(KnownEncoder.LIBX265);
  }

  @Test
  void autoWithoutHardwareIsSoftwareWithoutALine() {
    EncoderSelection auto = select(VideoCodec.H264, EncoderWish.AUTO, USUAL);
    assertThat(auto.choice())
        .isEqualTo(select(VideoCodec.H264, EncoderWish.SOFTWARE, USUAL).choice());
    assertThat(auto.use().unasked()).isFalse();
    assertThat(auto.use().why().orElseThrow())
        .contains("h264_nvenc does not work here: broken", "h264_vaapi does not work here");
  }

  @ParameterizedTest
  @CsvSource({
    "H264,LIBX264",
    "HEVC,LIBX265",
    "AV1,LIBSVTAV1",
    "VP9,LIBVPX_VP9",
  })
  void softwareTriesNothing(VideoCodec codec, KnownEncoder expected) {
    working = EnumSet.allOf(KnownEncoder.class);
    EncoderUse use = select(codec, EncoderWish.SOFTWARE, USUAL).use();
    assertThat(use).isEqualTo(new EncoderUse(expected, Optional.empty(), false));
    assertThat(tried).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aNamedEncoderThatWorksIsTaken(KnownEncoder encoder) {
    working = EnumSet.of(encoder);
    EncoderUse use = select(encoder.codec(), EncoderWish.of(encoder), USUAL).use();
    assertThat(use).isEqualTo(new EncoderUse(encoder, Optional.empty(), false));
    assertThat(tried).hasSize(encoder.isHardware() ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "H264_NVENC,LIBX264",
    "HEVC_QSV,LIBX265",
    "AV1_VAAPI,LIBSVTAV1",
    "HEVC_AMF,LIBX265",
  })
  void aNamedEncoderThatDoesNotWorkGivesWayWithALine(KnownEncoder named, KnownEncoder instead) {
    EncoderUse use = select(named.codec(), EncoderWish.of(named), USUAL).use();
    assertThat(use)
        .isEqualTo(
            new EncoderUse(instead, Optional.of(named.id() + " does not work here: broken"), true));
  }

  @ParameterizedTest
  @CsvSource({
    "H264_NVENC,1,0,8,false,false,12800,not 4:2:0",
    "HEVC_NVENC,0,0,8,false,false,12800,not 4:2:0",
    "HEVC_VAAPI,1,1,12,false,false,12800,12 bits",
    "H264_VAAPI,1,1,10,false,false,12800,8 bits only",
    "H264_QSV,1,1,8,true,false,12800,interlaced",
    "H264_NVENC,1,1,8,false,true,12800,--smart",
    "HEVC_QSV,1,1,8,false,false,90001,finer",
  })
  void whatHardwareCannotKeepGoesToSoftwareUntried(
      KnownEncoder named,
      int shiftX,
      int shiftY,
      int depth,
      boolean interlaced,
      boolean joined,
      int ticks,
      String why) {
    working = EnumSet.allOf(KnownEncoder.class);
    PictureNeeds needs = needs(layout(shiftX, shiftY, depth), interlaced, joined, ticks);
    EncoderUse use = select(named.codec(), EncoderWish.of(named), needs).use();
    assertThat(use.encoder().isHardware()).isFalse();
    assertThat(use.why().orElseThrow()).startsWith(named.id()).contains(why);
    assertThat(use.unasked()).isTrue();
    assertThat(tried).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HEVC_VAAPI,10,90000",
    "AV1_NVENC,10,12800",
    "HEVC_QSV,8,90000",
    "H264_AMF,8,1000000"
  })
  void whatHardwareKeepsIsTried(KnownEncoder named, int depth, int ticks) {
    working = EnumSet.of(named);
    PictureNeeds needs = needs(layout(1, 1, depth), false, false, ticks);
    assertThat(select(named.codec(), EncoderWish.of(named), needs).use().encoder())
        .isEqualTo(named);
  }

  @Test
  void svtAv1GivesWayToLibaomWhereItCannotHoldTheChroma() {
    PictureNeeds full = needs(layout(0, 0, 8), false, false, 12_800);
    EncoderUse use = select(VideoCodec.AV1, EncoderWish.of(KnownEncoder.LIBSVTAV1), full).use();
    assertThat(use.encoder()).isEqualTo(KnownEncoder.LIBAOM_AV1);
    assertThat(use.unasked()).isTrue();
    assertThat(select(VideoCodec.AV1, EncoderWish.AUTO, full).use().encoder())
        .isEqualTo(KnownEncoder.LIBAOM_AV1);
  }

  @Test
  void aNameAndAnotherCodecExcludeEachOther() {
    EncoderWish nvenc = EncoderWish.of(KnownEncoder.H264_NVENC);
    assertThatThrownBy(() -> settings(VideoCodec.HEVC, nvenc))
        .hasMessage("h264_nvenc writes h264, not hevc");
    assertThatThrownBy(() -> new EncoderSettings(Optional.empty(), 75, Preset.FAST, nvenc))
        .hasMessage("h264_nvenc writes h264");
    assertThatThrownBy(() -> new EncoderWish("h264_none")).hasMessageContaining("h264_none");
  }

  private EncoderSelection select(VideoCodec codec, EncoderWish wish, PictureNeeds needs) {
    return EncoderSelection.of(codec, settings(codec, wish), needs, encoder -> true, this::refusal);
  }

  private Optional<String> refusal(EncoderChoice choice) {
    tried.add(choice.encoder());
    return working.contains(choice.encoder()) ? Optional.empty() : Optional.of("broken");
  }

  private static EncoderSettings settings(VideoCodec codec, EncoderWish wish) {
    return new EncoderSettings(Optional.of(codec), 75, Preset.FAST, wish);
  }

  private static PixelLayout layout(int shiftX, int shiftY, int depth) {
    return new PixelLayout(ColourModel.YUV, shiftX, shiftY, depth, false);
  }

  private static PictureNeeds needs(
      PixelLayout layout, boolean interlaced, boolean joined, int ticks) {
    return new PictureNeeds(layout, interlaced, joined, new Rational(1, ticks));
  }
}
