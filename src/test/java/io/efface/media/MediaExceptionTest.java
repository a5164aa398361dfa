package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MediaExceptionTest {
  @Test
  void whatLedToItIsKept() {
    IOException cause = new IOException("gone");
    MediaException failure = new MediaException(Path.of("in.mp4"), "open", "is gone", cause);
    assertThat(failure).hasCause(cause).hasMessage("in.mp4: is gone");
    assertThat(failure.path()).isEqualTo(Path.of("in.mp4"));
    assertThat(failure.reason()).isEqualTo("is gone");
  }
}
