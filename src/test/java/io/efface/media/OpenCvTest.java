package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;

class OpenCvTest {
  @Test
  void worksOnTheCallersThreadOnly() {
    Natives.loadOpenCv();
    assertThat(Core.getNumThreads()).isEqualTo(1);
  }

  /** Otherwise it would be slow to start, and nothing would tell. */
  @Test
  void itsFilesAreAllNamed() {
    assertThat(OpenCv.loadFiles()).isEqualTo(Loader.getPlatform().equals(OpenCv.KNOWN_PLATFORM));
  }
}
