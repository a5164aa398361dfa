package io.efface.pipeline;

import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * Names of files that the present locale has no letters for. Java reads and writes names in the
 * locale's character set; in that of {@code C}, which programs get that no person started, that is
 * ASCII alone.
 */
public final class FileNames {
  /** What Java puts where it could not read a letter. */
  public static final char UNREADABLE = '\uFFFD';

  private FileNames() {}

  /**
   * Refuses a file whose name cannot be handed to the libraries that open it.
   *
   * @throws JobException if it is such a one
   */
  static void refuseUnreadable(Path file) {
    String name = file.toString();
    if (name.indexOf(UNREADABLE) >= 0 || !charset().newEncoder().canEncode(name)) {
      throw new JobException(
          isAsciiOnly()
              ? refusal(name)
              : file
                  + ": its name is not written in "
                  + charset()
                  + " as others are here; rename it");
    }
  }

  /** Why a word cannot name a file, and what to do, in a line. */
  public static String refusal(String word) {
    return isAsciiOnly()
        ? word
            + ": this locale ("
            + charset()
            + ") lacks letters of this name; set the variable LC_ALL to C.UTF-8 and run it again"
        : "'" + word + "' is no file's name here; check it";
  }

  private static boolean isAsciiOnly() {
    return !charset().newEncoder().canEncode('\u00e4');
  }

  private static Charset charset() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
  }
}
