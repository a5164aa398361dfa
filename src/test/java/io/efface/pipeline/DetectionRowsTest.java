package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionRowsTest {
  private static final List<Detection> ONE =
      List.of(new Detection(Label.FACE, new Box(1, 2, 3, 4), 0.5));

  @TempDir Path folder;

  @Test
  void aFullDiskIsToldWithTheListsName() {
    Path csv = folder.resolve("d.csv");
    DetectionRows rows =
        new DetectionRows(Optional.of(TemporaryOutput.beside(csv)), new FullDisk());
    String message = csv + ": cannot be written; is the disk full?";
    assertThatThrownBy(() -> rows.add("a.png", ONE))
        .isInstanceOf(JobException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> rows.publish(false)).hasMessage(message);
    assertThatThrownBy(rows::close).hasMessage(message);
    assertThat(folder).isEmptyDirectory();
  }

  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
