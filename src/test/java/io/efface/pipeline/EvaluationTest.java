package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.eval.TruthException;
import io.efface.media.MediaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an evaluation refuses, each in one line that names the file. */
class EvaluationTest {
  private static final Set<Label> ALL = EnumSet.noneOf(Label.class);
  private static final String FACE = "a.png,0,0,9,9,face,0";

  @TempDir Path folder;

  @Test
  void aFolderThatIsNotThere() {
    Path none = folder.resolve("none");
    assertThatThrownBy(stills(none, ALL))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(none + ": is no folder");
  }

  @Test
  void aFolderWithoutItsList() {
    assertThatThrownBy(stills(folder, ALL))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(folder + ": holds no gt.csv");
  }

  @Test
  void aListWithAWrongLine() throws IOException {
    Path list = list(FACE, "a.png,0,0,9,face,0");
    assertThatThrownBy(stills(folder, ALL))
        .isInstanceOf(TruthException.class)
        .hasMessageStartingWith(list + ": line 3: ");
  }

  @Test
  void aClassThatTheListDoesNotHave() throws IOException {
    Path list = list(FACE);
    assertThatThrownBy(stills(folder, EnumSet.allOf(Label.class)))
        .isInstanceOf(JobException.class)
        .hasMessage(list + ": holds no box of class plate");
  }

  @Test
  void aPictureThatIsNotThere() throws IOException {
    list(FACE);
    assertThatThrownBy(stills(folder, ALL))
        .isInstanceOf(MediaException.class)
        .hasMessage(folder.resolve("a.png") + ": no such file; check the name");
    assertThat(folder.resolve("d.csv")).doesNotExist();
    assertThat(Jobs.names(folder)).containsExactly("gt.csv");
  }

  @Test
  void aPictureThatCannotBeRead() throws IOException {
    list(FACE);
    Path picture = Files.writeString(folder.resolve("a.png"), "no picture at all");
    assertThatThrownBy(stills(folder, ALL))
        .isInstanceOf(MediaException.class)
        .hasMessageStartingWith(picture + ": ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void detectionsThatWouldReplaceTheList() throws IOException {
    Path list = list(FACE);
    EvalJob job =
        new EvalJob.Stills(
            folder,
            DetectionOptions.DEFAULT_MODEL,
            OptionalInt.empty(),
            ALL,
            OptionalDouble.empty(),
            0,
            EvalJob.Stills.Look.CAREFULLY,
            Optional.of(list),
            true);
    assertThatThrownBy(() -> new RedactionPipeline().evaluate(job, Progress.NONE))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(list + ": is the input itself");
  }

  @Test
  void aClipOrItsListThatIsNotThere() throws IOException {
    Path none = folder.resolve("none.mp4");
    Path clip = Files.writeString(folder.resolve("clip.mp4"), "");
    assertThatThrownBy(clip(none, none, Optional.empty()))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(none + ": no such file");
    assertThatThrownBy(clip(clip, none, Optional.empty()))
        .isInstanceOf(TruthException.class)
        .hasMessageStartingWith(none + ": no such file");
    Path truth = folder.resolve("clip.csv");
    Files.write(truth, List.of("frame,track,x,y,w,h,class,ignore", "0,0,1,1,9,9,face,0"));
    assertThatThrownBy(clip(clip, truth, Optional.of(none)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(none + ": no such file");
  }

  private Path list(String... rows) throws IOException {
    Path list = folder.resolve("gt.csv");
    Files.writeString(list, "image,x,y,w,h,class,ignore\n" + String.join("\n", rows) + "\n");
    return list;
  }

  private ThrowingCallable stills(Path set, Set<Label> classes) {
    EvalJob job =
        new EvalJob.Stills(
            set,
            DetectionOptions.DEFAULT_MODEL,
            OptionalInt.of(64),
            classes,
            OptionalDouble.empty(),
            0,
            EvalJob.Stills.Look.CAREFULLY,
            Optional.of(folder.resolve("d.csv")),
            false);
    return () -> new RedactionPipeline().evaluate(job, Progress.NONE);
  }

  private static ThrowingCallable clip(Path clip, Path truth, Optional<Path> redacted) {
    EvalJob job =
        new EvalJob.Clip(
            clip, truth, redacted, DetectionOptions.DEFAULT_MODEL, 64, ALL, RecallPreset.BALANCED);
    return () -> new RedactionPipeline().evaluate(job, Progress.NONE);
  }
}
