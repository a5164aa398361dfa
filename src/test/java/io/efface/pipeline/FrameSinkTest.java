package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Footage whose name, or whose output's name, says that it is something else. */
class FrameSinkTest {
  @Test
  void aPictureWithAVideosNameIsTold() {
    assertThatThrownBy(() -> FrameSink.stillFormat(Path.of("x/pic.mp4"), Path.of("pic.r.mp4")))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "x/pic.mp4: is a picture, whatever its name says; rename it, or give -o NAME.jpg");
    assertThatThrownBy(() -> FrameSink.stillFormat(Path.of("x/pic.heic"), Path.of("out.mp4")))
        .hasMessage(
            "out.mp4: pic.heic is a picture, which is written as .jpg, .png, .webp or .tiff; choose"
                + " one of these endings");
  }

  @Test
  void aVideoWithAPicturesNameIsTold() {
    assertThatThrownBy(() -> FrameSink.container(Path.of("x/film.jpg"), Path.of("film.r.jpg")))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "x/film.jpg: is a video, whatever its name says; rename it, or give -o NAME.mp4");
    assertThatThrownBy(() -> FrameSink.container(Path.of("x/film.avi"), Path.of("out.avi")))
        .hasMessage(
            "out.avi: film.avi is a video, which is written as .mp4, .mov, .mkv or .webm; choose"
                + " one of these endings");
  }
}
