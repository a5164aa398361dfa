package io.efface.media;

import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.media.StreamDecision.Fate;
import io.efface.testing.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broadcast of which pieces were lost on the way. */
final class LostPiecesIT {
  private static final int PIECE_BYTES = 188;
  private static final int SOUND = 0x101;

  @TempDir Path folder;

  /** What is left of its packets has no header, or seems to be of another rate. */
  @Test
  void theRestOfItsSoundIsCopied() throws IOException {
    Path whole = named("whole.ts").size(64, 64).frames(75).audio("aac", 48000).in(folder);
    byte[] pieces = Files.readAllBytes(whole);
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    int ofSound = 0;
    for (int at = 0; at < pieces.length; at += PIECE_BYTES) {
      boolean sound = ((pieces[at + 1] & 0x1f) << 8 | (pieces[at + 2] & 0xff)) == SOUND;
      ofSound += sound ? 1 : 0;
      if (!sound || ofSound <= 10 || ofSound % 7 != 0) {
        left.write(pieces, at, PIECE_BYTES);
      }
    }
    assertThat(ofSound).isGreaterThan(50);
    Path in = Files.write(folder.resolve("in.ts"), left.toByteArray());
    int before = Probe.of(whole).soundPackets(0).size();
    for (String name : new String[] {"out.mp4", "out.mkv"}) {
      Path out = folder.resolve(name);
      assertThat(Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true))
          .extracting(StreamDecision::fate)
          .containsExactly(Fate.REDACTED, Fate.COPIED);
      assertThat(Probe.of(out).soundPackets(0)).hasSizeBetween(before / 2, before - 1);
    }
  }
}
