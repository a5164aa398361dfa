package io.efface.batch;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Looks through a folder and all below it. Symbolic links below it are never followed. */
final class FolderWalk {
  private final List<Path> leftOut;
  private final List<PassedOver> passedOver;

  /**
   * A walk.
   *
   * @param leftOut folders that are not looked into, where outputs lie
   * @param passedOver gets what is left alone
   */
  FolderWalk(List<Path> leftOut, List<PassedOver> passedOver) {
    this.leftOut = leftOut;
    this.passedOver = passedOver;
  }

  /**
   * Hands over each file with its path below the folder.
   *
   * @param root a folder, or a link to one
   * @throws JobException if the folder itself cannot be read
   */
  void files(Path root, BiConsumer<Path, Path> file) {
    try {
      Path start = root.toRealPath();
      Files.walkFileTree(start, new Visitor(root, start, file));
    } catch (IOException e) {
      throw new JobException(root + ": cannot be read; check its permissions", e);
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Path start;
    private final BiConsumer<Path, Path> sink;

    Visitor(Path root, Path start, BiConsumer<Path, Path> sink) {
      this.root = root;
      this.start = start;
      this.sink = sink;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.equals(start)) {
        return FileVisitResult.CONTINUE;
      }
      for (Path output : leftOut) {
        if (Files.exists(output) && Files.isSameFile(output, folder)) {
          return FileVisitResult.SKIP_SUBTREE;
        }
      }
      return String.valueOf(folder.getFileName()).startsWith(".")
          ? pass(folder, "hidden")
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isSymbolicLink()) {
        return pass(file, "a symbolic link");
      }
      if (!attributes.isRegularFile()) {
        return pass(file, "no regular file");
      }
      Optional<String> objection = FootageNames.objection(file);
      if (objection.isPresent()) {
        return pass(file, objection.get());
      }
      sink.accept(asNamed(file), start.relativize(file));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(start)) {
        throw e;
      }
      passedOver.add(PassedOver.unreadable(asNamed(file)));
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult pass(Path file, String why) {
      passedOver.add(new PassedOver(asNamed(file), why, false));
      return FileVisitResult.SKIP_SUBTREE;
    }

    /** The file in the words of whoever named the folder. */
    private Path asNamed(Path file) {
      return root.resolve(start.relativize(file));
    }
  }
}
