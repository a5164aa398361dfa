package io.efface.pipeline;

import io.efface.detect.Detection;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A CSV file of raw detections, {@code image,x,y,w,h,score,class}, or nowhere. Scores have enough
 * digits that two which differ seldom become one. Whoever opens it closes it; unpublished it leaves
 * nothing behind.
 */
final class DetectionRows implements AutoCloseable {
  private final Optional<TemporaryOutput> temporary;
  private final Writer out;

  /** Rows that go to a file, which is closed with them, through a writer, likewise. */
  DetectionRows(Optional<TemporaryOutput> temporary, Writer out) {
    this.temporary = temporary;
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param csv its name; empty for nowhere
   * @throws JobException if it cannot be written
   */
  static DetectionRows open(Optional<Path> csv) {
    if (csv.isEmpty()) {
      return new DetectionRows(Optional.empty(), Writer.nullWriter());
    }
    TemporaryOutput temporary = TemporaryOutput.beside(csv.get());
    try {
      BufferedWriter out = Files.newBufferedWriter(temporary.path(), StandardCharsets.UTF_8);
      out.write("image,x,y,w,h,score,class\n");
      return new DetectionRows(Optional.of(temporary), out);
    } catch (IOException e) {
      temporary.close();
      throw lost(Optional.of(csv.get()), e);
    }
  }

  /** Adds the detections of a picture, by whatever name it goes. */
  void add(String image, List<Detection> detections) {
    try {
      for (Detection d : detections) {
        out.write(
            String.format(
                Locale.ROOT,
                "%s,%.3f,%.3f,%.3f,%.3f,%.7f,%s\n",
                quoted(image),
                d.box().left(),
                d.box().top(),
                d.box().width(),
                d.box().height(),
                d.score(),
                d.label().id()));
      }
    } catch (IOException e) {
      throw lost(temporary.map(TemporaryOutput::target), e);
    }
  }

  private static JobException lost(Optional<Path> csv, IOException e) {
    String name = csv.map(Path::toString).orElse("the list of detections");
    return new JobException(name + ": cannot be written; is the disk full?", e);
  }

  /** RFC 4180. */
  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Ends the file, if there is one, which is to get its name from the caller. */
  Optional<TemporaryOutput> end() {
    try {
      out.close();
    } catch (IOException e) {
      throw lost(temporary.map(TemporaryOutput::target), e);
    }
    return temporary;
  }

  /** Ends the file and gives it its name. */
  void publish(boolean overwrite) {
    end().ifPresent(file -> file.publish(overwrite));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw lost(temporary.map(TemporaryOutput::target), e);
    } finally {
      temporary.ifPresent(TemporaryOutput::close);
    }
  }
}
