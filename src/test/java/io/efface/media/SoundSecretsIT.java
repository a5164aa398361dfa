package io.efface.media;

import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.ContainerAudit;
import io.efface.audit.Finding;
import io.efface.media.StreamDecision.Fate;
import io.efface.testing.Probe;
import io.efface.testing.SyntheticVideo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the maker of a film hides in its sound, where decoders do not look, does not come along. */
class SoundSecretsIT {
  private static final byte[] SECRET = SyntheticVideo.SECRET.getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** One frame becomes one of a packet with a count of them, and padding. */
  private static byte[] padded(byte[] packet) {
    assertThat(packet[0] & 3).isZero();
    byte[] head = {(byte) (packet[0] | 3), 0x41, (byte) SECRET.length};
    byte[] frame = new byte[packet.length - 1];
    System.arraycopy(packet, 1, frame, 0, frame.length);
    return join(head, frame, SECRET);
  }

  private Path film(String encoder, UnaryOperator<byte[]> header, UnaryOperator<byte[]> packet) {
    Path plain =
        named("plain.mkv")
            .size(64, 64)
            .frames(25)
            .audio(encoder, 48000, "-strict", "-2", "-ac", "2")
            .in(folder);
    Path film = folder.resolve("in.mkv");
    Repacked.write(plain, folder.resolve("unpadded.mkv"), same -> same, same -> same);
    Repacked.write(plain, film, header, packet);
    assertThat(holdsSecret(film)).as("the film itself").isTrue();
    return film;
  }

  private static boolean holdsSecret(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(SyntheticVideo.SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StreamDecision write(Path film, Path out) {
    StreamDecision sound =
        Transcode.run(film, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true).get(1);
    assertThat(holdsSecret(out)).isFalse();
    assertThat(ContainerAudit.check(out)).isEmpty();
    assertThat(Sound.loudness(out, 0)).isGreaterThan(0.01);
    return sound;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "webm"})
  void thePaddingOfOpusIsBlanked(String ending) {
    Path film = film("libopus", header -> header, SoundSecretsIT::padded);
    assertThat(ContainerAudit.check(film))
        .extracting(Finding::sentence)
        .contains("data in the padding of a packet of sound");
    Path out = folder.resolve("out." + ending);
    assertThat(write(film, out).fate()).isEqualTo(Fate.COPIED);
    Path plain = folder.resolve("plain." + ending);
    write(folder.resolve("unpadded.mkv"), plain);
    assertThat(Sound.decode(out, 0)).isEqualTo(Sound.decode(plain, 0));
  }

  @Test
  void packetsOfOpusThatNoDecoderTakesAreLeftOut() {
    int[] count = {0};
    Path film =
        film(
            "libopus",
            header -> header,
            packet ->
                ++count[0] == 10 ? join(new byte[] {0x7b, 0x41, (byte) 0xff}, SECRET) : packet);
    assertThat(write(film, folder.resolve("out.mkv")).fate()).isEqualTo(Fate.COPIED);
  }

  @ParameterizedTest
  @CsvSource({"ac3, mp4", "flac, mp4", "flac, mkv", "dca, mkv", "truehd, mkv", "vorbis, webm"})
  void whatHangsOnPacketsOfOtherCodingsIsNotCopied(String encoder, String ending) {
    Path film = film(encoder, header -> header, packet -> join(packet, SECRET));
    assertThat(write(film, folder.resolve("out." + ending)).fate()).isEqualTo(Fate.ENCODED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm_s16le", "libopus"})
  void whatHangsOnAHeaderIsNotCopied(String encoder) {
    Path film = film(encoder, header -> join(header, SECRET), packet -> packet);
    assertThat(ContainerAudit.check(film))
        .extracting(Finding::where)
        .anyMatch(w -> w.contains("CodecPrivate"));
    assertThat(write(film, folder.resolve("out.mkv")).fate()).isEqualTo(Fate.COPIED);
  }

  /** Two channels of 16 bits: three bytes are no sample. */
  @Test
  void partsOfSamplesAreCutOff() throws IOException {
    byte[] rest = {'Q', 'x', '7'};
    Path film = film("pcm_s16le", header -> SECRET, packet -> join(packet, rest));
    Path out = folder.resolve("out.mkv");
    assertThat(write(film, out).fate()).isEqualTo(Fate.COPIED);
    assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).doesNotContain("Qx7");
    assertThat(Sound.decode(out, 0)).isEqualTo(Sound.decode(film, 0));
  }

  /** FLAC knows some of them by their count. */
  @ParameterizedTest
  @CsvSource({"mono, 1", "stereo, 2", "5.1(side), 6", "7.1, 8"})
  void channelsOfFlacStay(String layout, int channels) {
    Path film =
        named("in.mkv")
            .size(64, 64)
            .frames(25)
            .audio("flac", 48000, "-af", "aformat=channel_layouts=" + layout)
            .in(folder);
    for (String ending : List.of("mp4", "mkv")) {
      Path out = folder.resolve("out." + ending);
      assertThat(write(film, out).detail()).isEqualTo("flac");
      assertThat(Probe.of(out).streams("audio").get(0).path("channels").asInt())
          .isEqualTo(channels);
      assertThat(Sound.decode(out, 0)).as(ending).isEqualTo(Sound.decode(film, 0));
    }
  }

  /** Others it tells in a comment, which the audit refuses. */
  @Test
  void otherChannelsOfFlacAreEncodedWithLoss() {
    Path film =
        named("in.mkv")
            .size(64, 64)
            .frames(25)
            .audio("flac", 48000, "-af", "aformat=channel_layouts=2.1")
            .in(folder);
    assertThat(write(film, folder.resolve("out.mkv")).detail()).isEqualTo("aac");
  }

  /** Of 16 and 24 bits, in each container that holds it. */
  @ParameterizedTest
  @CsvSource({
    "flac, s16, mkv, mp4 mkv",
    "flac, s32, mkv, mp4 mkv",
    "alac, s16p, mov, mp4 mov mkv",
    "alac, s32p, mov, mp4 mov mkv"
  })
  void soundWithoutLossStaysSo(String encoder, String format, String container, String endings) {
    Path film =
        named("in." + container)
            .size(64, 64)
            .frames(25)
            .audio(encoder, 44100, "-sample_fmt", format, "-ac", "2")
            .in(folder);
    for (String ending : List.of(endings.split(" ", -1))) {
      Path out = folder.resolve("out." + ending);
      StreamDecision sound =
          Transcode.run(film, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true).get(1);
      assertThat(sound.fate()).isEqualTo(Fate.ENCODED);
      assertThat(sound.detail()).isEqualTo(encoder);
      assertThat(ContainerAudit.check(out)).as(ending).isEmpty();
      assertThat(Probe.of(out).streams("audio").get(0).path("bits_per_raw_sample").asText())
          .isEqualTo(format.startsWith("s16") ? "16" : "24");
      assertThat(Sound.decode(out, 0)).as(ending).isEqualTo(Sound.decode(film, 0));
    }
  }
}
