package io.efface.pipeline;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * Moves and deletes files in a folder that another process can write to, too, which may put links
 * to other places there at any moment. Where the platform can work from open folders, as Linux can,
 * no link is ever followed; elsewhere folders are looked at right before.
 */
final class SharedFolder {
  private SharedFolder() {}

  /**
   * Moves a file, or whatever is there under its name, out of such a folder, in one step. What it
   * is has to be looked at where it lies then.
   *
   * @param root the folder, which itself is out of the other process's reach
   * @param place the file's path below it
   * @param to out of the other process's reach, on the same disk; nothing is there
   * @throws NoSuchFileException if there is nothing
   * @throws IOException if a folder on the way is none, or it cannot be moved
   */
  static void move(Path root, Path place, Path to) throws IOException {
    try (DirectoryStream<Path> from = Files.newDirectoryStream(root);
        DirectoryStream<Path> target = Files.newDirectoryStream(folder(to))) {
      if (from instanceof SecureDirectoryStream<Path> open
          && target instanceof SecureDirectoryStream<Path> openTarget) {
        move(open, place, openTarget, to.getFileName());
        return;
      }
    }
    Path folder = root;
    for (int i = 0; i < place.getNameCount() - 1; i++) {
      folder = folder.resolve(place.getName(i));
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotDirectoryException(folder.toString());
      }
    }
    Files.move(root.resolve(place), to);
  }

  private static void move(
      SecureDirectoryStream<Path> from, Path place, SecureDirectoryStream<Path> to, Path name)
      throws IOException {
    if (place.getNameCount() == 1) {
      from.move(place, to, name);
      return;
    }
    try (SecureDirectoryStream<Path> below =
        from.newDirectoryStream(place.getName(0), LinkOption.NOFOLLOW_LINKS)) {
      move(below, place.subpath(1, place.getNameCount()), to, name);
    }
  }

  /**
   * Deletes a file, or a folder with all in it, if it is there; links are not followed. What
   * another run deletes meanwhile is deleted.
   *
   * @param file whose own folder is out of the other process's reach
   */
  static void delete(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      deletePresent(file);
    } catch (NoSuchFileException e) {
      // Two runs may remove the same leftover.
      return;
    }
  }

  private static void deletePresent(Path file) throws IOException {
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(folder(file))) {
      if (parent instanceof SecureDirectoryStream<Path> open) {
        delete(open, file.getFileName());
        return;
      }
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(file)) {
        for (Path one : inside) {
          delete(one);
        }
      }
    }
    Files.deleteIfExists(file);
  }

  private static void delete(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    try {
      deletePresent(folder, name);
    } catch (NoSuchFileException e) {
      // As above; what lies beside it is still to go.
      return;
    }
  }

  private static void deletePresent(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    boolean isFolder =
        folder
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes()
            .isDirectory();
    if (!isFolder) {
      folder.deleteFile(name);
      return;
    }
    try (SecureDirectoryStream<Path> inside =
        folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path one : inside) {
        delete(inside, one.getFileName());
      }
    }
    folder.deleteDirectory(name);
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new NotDirectoryException(file.toString());
    }
    return folder;
  }
}
