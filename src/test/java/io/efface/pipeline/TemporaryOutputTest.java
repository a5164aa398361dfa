package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporaryOutputTest {
  /** Above the largest number that a Linux kernel gives to a process. */
  private static final String NOBODY = "-99999999-";

  @TempDir Path folder;
  private Path target = Path.of("");

  @BeforeEach
  void name() {
    target = folder.resolve("out.mp4");
  }

  @Test
  void getsItsNameOnlyWhenPublished() throws IOException {
    try (TemporaryOutput temporary = TemporaryOutput.beside(target)) {
      Files.writeString(temporary.path(), "whole");
      assertThat(temporary.path()).hasParent(folder.toAbsolutePath());
      assertThat(target).doesNotExist();
      temporary.publish(false);
    }
    assertThat(Jobs.names(folder)).containsExactly("out.mp4");
    assertThat(target).hasContent("whole");
  }

  @Test
  void closedEarlyNothingIsLeft() throws IOException {
    try (TemporaryOutput temporary = TemporaryOutput.beside(target)) {
      Files.writeString(temporary.path(), "half");
    }
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"out.mp4,out-2.mp4", "out,out-2"})
  void aQuarantinedFileGetsAFreeNameInTheFolderAndNoOther(String name, String second)
      throws IOException {
    Path ward = folder.resolve("ward");
    for (String content : List.of("first", "second")) {
      try (TemporaryOutput temporary = TemporaryOutput.beside(folder.resolve(name))) {
        Files.writeString(temporary.path(), content);
        temporary.quarantine(ward);
      }
    }
    assertThat(Jobs.names(folder)).containsExactly("ward");
    assertThat(Jobs.names(ward)).containsExactlyInAnyOrder(name, second);
    assertThat(ward.resolve(name)).hasContent("first");
    assertThat(ward.resolve(second)).hasContent("second");
  }

  @Test
  void whatCannotBeQuarantinedIsDeleted() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    try (TemporaryOutput temporary = TemporaryOutput.beside(target)) {
      Files.writeString(temporary.path(), "failed");
      assertThatThrownBy(() -> temporary.quarantine(file))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("it was deleted");
    }
    assertThat(Jobs.names(folder)).containsExactly("file");
  }

  @Test
  void closedBeforeAnythingWasWrittenNothingIsLeft() {
    TemporaryOutput.beside(target).close();
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void anOutputThatAppearedMeanwhileIsNotReplaced() throws IOException {
    try (TemporaryOutput temporary = TemporaryOutput.beside(target)) {
      Files.writeString(temporary.path(), "new");
      Files.writeString(target, "somebody's");
      assertThatThrownBy(() -> temporary.publish(false))
          .isInstanceOf(JobException.class)
          .hasMessageStartingWith(target + ": exists already");
    }
    assertThat(Jobs.names(folder)).containsExactly("out.mp4");
    assertThat(target).hasContent("somebody's");
  }

  @Test
  void anOutputIsReplacedInOneStepWhenThatIsAsked() throws IOException {
    Files.writeString(target, "old");
    try (TemporaryOutput temporary = TemporaryOutput.beside(target)) {
      Files.writeString(temporary.path(), "new");
      assertThat(target).hasContent("old");
      temporary.publish(true);
    }
    assertThat(target).hasContent("new");
    assertThat(Jobs.names(folder)).containsExactly("out.mp4");
  }

  @Test
  void leftoversOfDeadProcessesGo() throws IOException {
    String mine = nameOfMine();
    Files.writeString(folder.resolve(withProcess(mine, NOBODY)), "left behind");
    // This process's number, but of a process that began at another time.
    Files.writeString(folder.resolve(mine.replaceAll("-\\d+-(\\d+\\.part)$", "-1-$1")), "too");
    TemporaryOutput.beside(target).close();
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void whatMayStillBeInUseStays() throws IOException {
    String mine = nameOfMine();
    String[] stay = {
      mine,
      startedSecondsEarlier(mine),
      withProcess(mine, NOBODY).replaceFirst("\\.efface-\\p{Alnum}+-", ".efface-0therh0st-"),
      ".out.mp4.part",
      "out.mp4.efface-x-1-1-1.part",
      ".out.mp4.efface-note.part",
    };
    for (String name : stay) {
      Files.writeString(folder.resolve(name), "");
    }
    TemporaryOutput.beside(target).close();
    assertThat(Jobs.names(folder)).containsExactlyInAnyOrder(stay);
  }

  @Test
  void severalRunsMayRemoveTheSameLeftovers() throws Exception {
    String dead = withProcess(nameOfMine(), NOBODY);
    for (int i = 0; i < 100; i++) {
      Path inside = folder.resolve(dead.replace(".out", ".out" + i)).resolve("job-1");
      Files.createDirectories(inside);
      Files.writeString(inside.resolve("a"), "left behind");
    }
    ExecutorService runs = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Path>> removals =
          Collections.nCopies(
              4,
              () -> {
                TemporaryOutput.removeLeftovers(folder);
                return folder;
              });
      for (Future<Path> removal : runs.invokeAll(removals)) {
        assertThat(removal.get()).isEqualTo(folder);
      }
    } finally {
      runs.shutdown();
    }
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void nothingIsKnownToBeGoneOnAMachineThatCannotBeTold() throws IOException {
    Path dead = Path.of(".out.mp4.efface-local-99999999-1-1.part");
    assertThat(TemporaryOutput.isLeftover(dead, "local")).isFalse();
    assertThat(TemporaryOutput.isLeftover(Path.of(dead.toString().replace("local", "a")), "a"))
        .isTrue();
    Path missing = folder.resolve("missing");
    Path id = Files.writeString(folder.resolve("id"), "\n");
    Path numbers = Files.createSymbolicLink(folder.resolve("pid"), Path.of("pid:[1]"));
    assertThat(TemporaryOutput.unnamedHost(missing, numbers)).isEqualTo("local");
    assertThat(TemporaryOutput.unnamedHost(id, numbers)).isEqualTo("local");
    Files.writeString(id, "5f\n");
    assertThat(TemporaryOutput.unnamedHost(id, missing)).isEqualTo("local");
    Path sandbox = Files.createSymbolicLink(folder.resolve("sandbox"), Path.of("pid:[2]"));
    assertThat(TemporaryOutput.unnamedHost(id, numbers))
        .isNotEqualTo("local")
        .isNotEqualTo(TemporaryOutput.unnamedHost(id, sandbox));
  }

  @Test
  void whatIsInTheFolderOfARunThatGoesOnStays() throws IOException {
    Path running = Files.createDirectories(folder.resolve("sub").resolve(nameOfMine()));
    String dead = withProcess(nameOfMine(), NOBODY);
    Path inside = Files.writeString(running.resolve(dead), "numbered otherwise");
    Path left = Files.writeString(running.resolveSibling(dead), "left behind");
    Leftovers.removeBelow(folder);
    assertThat(inside).exists();
    assertThat(left).doesNotExist();
  }

  @Test
  void twoOfOneProcessDoNotMeet() {
    try (TemporaryOutput one = TemporaryOutput.beside(target);
        TemporaryOutput other = TemporaryOutput.beside(target)) {
      assertThat(one.path()).isNotEqualTo(other.path());
    }
  }

  @Test
  void makesTheFolder() throws IOException {
    Path deep = folder.resolve("a/b/out.mp4");
    try (TemporaryOutput temporary = TemporaryOutput.beside(deep)) {
      Files.writeString(temporary.path(), "x");
      temporary.publish(false);
    }
    assertThat(deep).exists();
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> TemporaryOutput.beside(file.resolve("out.mp4")))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(file + ": cannot be created or read");
  }

  @Test
  void theLongestNameOfAFileIsNotTooLong() throws IOException {
    Path longest = folder.resolve("x".repeat(251) + ".mp4");
    try (TemporaryOutput temporary = TemporaryOutput.beside(longest)) {
      Files.writeString(temporary.path(), "x");
      temporary.publish(false);
    }
    assertThat(longest).exists();
  }

  /** As another process sees this one's name after the system's clock was set. */
  private static String startedSecondsEarlier(String name) {
    String[] parts = name.split("-", -1);
    parts[parts.length - 2] = Long.toString(Long.parseLong(parts[parts.length - 2]) - 2000);
    return String.join("-", parts);
  }

  private String nameOfMine() {
    try (TemporaryOutput temporary = TemporaryOutput.beside(target)) {
      return temporary.path().getFileName().toString();
    }
  }

  private static String withProcess(String name, String number) {
    return name.replaceFirst("-" + ProcessHandle.current().pid() + "-", number);
  }
}
