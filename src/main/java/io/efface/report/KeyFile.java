package io.efface.report;

import io.efface.manifest.DocumentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Where key pairs are kept: the private key in a file only its owner reads, the public beside. */
public final class KeyFile {
  private KeyFile() {}

  /** {@code KEYFILE.pub}: the public key beside a private one. */
  public static Path publicOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /**
   * Writes a pair, private key first. An existing file is never replaced: what a lost key has
   * signed could not be signed again.
   *
   * @throws DocumentException if one of the files exists or cannot be written; neither is left then
   */
  public static void write(SigningKey key, Path file) {
    if (Files.isDirectory(file)) {
      throw new DocumentException(file + ": is a folder; name a file in it");
    }
    Path beside = publicOf(file);
    if (Files.exists(beside)) {
      throw exists(beside);
    }
    try {
      create(file);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
    try {
      Files.writeString(file, key.pem(), StandardCharsets.US_ASCII);
      Files.writeString(
          beside,
          key.publicKey().pem(),
          StandardCharsets.US_ASCII,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      DocumentException failure =
          e instanceof FileAlreadyExistsException ? exists(beside) : failed(file, e);
      try {
        Files.deleteIfExists(file);
        if (!(e instanceof FileAlreadyExistsException)) {
          Files.deleteIfExists(beside);
        }
      } catch (IOException leftBehind) {
        failure.addSuppressed(leftBehind);
      }
      throw failure;
    }
  }

  /** Creates an empty file that nobody but its owner can open, before anything is in it. */
  private static void create(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
          .close();
      return;
    }
    Files.createFile(file);
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (view != null) {
      view.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(view.getOwner())
                  .setPermissions(AclEntryPermission.values())
                  .build()));
    }
  }

  private static DocumentException exists(Path file) {
    return new DocumentException(
        file + ": exists already, and keys are not replaced; name another file");
  }

  private static DocumentException failed(Path file, IOException e) {
    return new DocumentException(
        file + ": cannot be written; check the folder, its permissions and the space on its disk",
        e);
  }
}
