package io.efface.audit;

import java.util.Locale;

/**
 * Something in a finished file that ought not to be there.
 *
 * @param kind what kind of thing
 * @param sentence what it is, for people, in one line without its full stop; never holds a value of
 *     the file's metadata
 * @param where a byte offset and a path such as {@code byte 1024, moov/trak/udta}, or a stream, a
 *     frame and a time; never empty
 */
public record Finding(Kind kind, String sentence, String where) {

  /** What kinds of things an audit can find, and which check looks for them. */
  public enum Kind {
    /** Frames are missing, added, of another size or shown at other times. */
    FRAMES("frames"),
    /** A planned region does not look as it was planned, or follows the input's detail. */
    REGION("regions"),
    /** A face or a plate is left outside the planned regions. */
    RESIDUAL("residue"),
    /** A signed file, a report of it or the signature is not what was signed, or is gone. */
    SIGNATURE("signature"),
    /** The report that came with the file is of another one, or cannot be read. */
    REPORT("report"),
    /** Tags, places, chapters, captions, profiles, thumbnails. */
    METADATA("container"),
    /** The name of a program, a track or a handler. */
    NAME("container"),
    /** When something was made or changed. */
    TIME("container"),
    /** A stream beside the redacted pictures and the kept sound. */
    STREAM("container"),
    /** Bytes or samples that no player shows. */
    HIDDEN("container"),
    /** Messages inside the coded pictures or sound. */
    USER_DATA("container"),
    /** Bytes behind the end. */
    TRAILING("container"),
    /** A structure that is not known to be harmless. */
    UNKNOWN("container"),
    /** A structure that contradicts itself. */
    MALFORMED("container");

    private final String check;

    Kind(String check) {
      this.check = check;
    }

    /** The check that finds it: {@code frames}, {@code regions}, {@code residue}, … */
    public String check() {
      return check;
    }

    /** The name in reports: {@code user-data}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks that it says something, in one line. */
  public Finding {
    if (sentence.isBlank() || where.isBlank()) {
      throw new IllegalArgumentException("a finding needs a sentence and a place");
    }
    if (sentence.lines().count() > 1 || where.lines().count() > 1) {
      throw new IllegalArgumentException("a finding is one line: " + sentence);
    }
  }

  /**
   * A finding at a place in the file's own structure.
   *
   * @param path as {@code moov/trak/udta}; may be empty
   * @param offset of its first byte
   */
  public static Finding atByte(Kind kind, String sentence, String path, long offset) {
    return new Finding(
        kind, sentence, path.isEmpty() ? "byte " + offset : "byte " + offset + ", " + path);
  }

  /** Sentence and place in one line. */
  @Override
  public String toString() {
    return sentence + " (" + where + ")";
  }
}
