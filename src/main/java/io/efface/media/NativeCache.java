package io.efface.media;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.bytedeco.javacpp.Loader;

/**
 * Where JavaCPP unpacks the native libraries: below the user's home. Who has none, such as a user
 * of a container that is a mere number, gets a folder of their own among the temporary ones;
 * JavaCPP would unpack into the working folder, or into one that everybody may fill.
 */
public final class NativeCache {
  /** JavaCPP's own property. */
  public static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  private static final String BELOW_HOME = ".javacpp/cache";
  private static final String PREFIX = "efface-natives-";

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private NativeCache() {}

  /** Chooses the folder, unless somebody has; to be called before any library is loaded. */
  public static void choose() {
    if (System.getProperty(PROPERTY) == null) {
      Path home = Path.of(System.getProperty("user.home", ""));
      System.setProperty(PROPERTY, folder(home, Path.of(System.getProperty("java.io.tmpdir"))));
    }
  }

  /** The folder, absolute; chosen now where nobody has. */
  public static Path folder() {
    choose();
    return Path.of(System.getProperty(PROPERTY)).toAbsolutePath();
  }

  /**
   * A file of the program's own, unpacked there once for all runs.
   *
   * @param resource its absolute name on the class path
   * @throws IOException if there is none, or it cannot be unpacked
   */
  public static File unpacked(String resource) throws IOException {
    File file = Loader.cacheResource(NativeCache.class, resource);
    if (file == null) {
      throw new IOException(resource + " is missing");
    }
    return file.getAbsoluteFile();
  }

  /** What there is to say, in a line, where the native libraries do not load. */
  public static String complaint(LinkageError e) {
    Throwable reason = e;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return "the libraries that come with the program cannot be unpacked or loaded ("
        + String.valueOf(reason.getMessage()).lines().findFirst().orElse("unknown reason")
        + "); see that "
        + System.getProperty(PROPERTY)
        + " has 250 MB to spare and that "
        + System.getProperty("java.io.tmpdir")
        + " can be written to";
  }

  /** The folder for a home, or for none. */
  static String folder(Path home, Path temporary) {
    Path usual = home.resolve(BELOW_HOME);
    if (home.isAbsolute() && Files.isWritable(Files.isDirectory(usual) ? usual : home)) {
      return usual.toString();
    }
    try {
      return own(temporary).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return usual.toAbsolutePath().toString();
    }
  }

  /** A folder that nobody else can write to; made anew where somebody else has made it. */
  private static Path own(Path temporary) throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path folder = temporary.resolve(PREFIX + user);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Files.createDirectory(folder, PRIVATE);
    }
    boolean mine =
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && user.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))
            && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                .equals(PRIVATE.value());
    return mine ? folder : Files.createTempDirectory(temporary, PREFIX, PRIVATE);
  }
}
