package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Walks a finished file's own structure, without FFmpeg, and finds what is not on a list of things
 * known to be harmless: tags, times, names of programs, further tracks, messages inside the
 * pictures, bytes that nothing shows. The format is told by the first bytes, whatever the name.
 *
 * <p>Files may be hostile and of any size: no claimed length is believed before it is checked,
 * memory does not grow with the file, and a structure that contradicts itself is a finding. What it
 * cannot see: data hidden in pixels or in sound itself, behind the elements of a packet of sound,
 * or in coded slices.
 */
public final class ContainerAudit {
  private static final int BUFFER_BYTES = 1 << 16;

  /** As many findings as fit into a message. */
  private static final int FIRST = 3;

  private static final long EBML = 0x1A45DFA3L;
  private static final long PNG = 0x89504E47L;
  private static final long RIFF = 0x52494646L;
  private static final long TIFF_LITTLE = 0x49492A00L;
  private static final long TIFF_BIG = 0x4D4D002AL;
  private static final int JPEG = 0xFFD8;

  private ContainerAudit() {}

  /**
   * Checks a file.
   *
   * @return what was found, in the order of the walk; at most three that say the same of the same
   *     place
   * @throws AuditException if the file cannot be read
   */
  public static List<Finding> check(Path file) {
    return check(file, OptionalInt.empty(), () -> {});
  }

  /**
   * Checks a file of which is known how many tracks it ought to hold.
   *
   * @param tracks pictures and sound together; 0 for a still
   * @throws AuditException if the file cannot be read
   */
  public static List<Finding> check(Path file, int tracks) {
    return check(file, OptionalInt.of(tracks), () -> {});
  }

  /**
   * Checks a finished output and lets nothing pass.
   *
   * @param file the finished file, under whatever name
   * @param name the name it is to get, for messages
   * @param tracks pictures and sound together; 0 for a still
   * @throws AuditException if anything was found, with the first of it
   */
  public static void require(Path file, Path name, int tracks) {
    List<Finding> findings = check(file, tracks);
    if (!findings.isEmpty()) {
      String first =
          findings.stream().limit(FIRST).map(Finding::toString).collect(Collectors.joining("; "));
      int more = findings.size() - FIRST;
      throw new AuditException(
          name
              + ": holds "
              + first
              + (more > 0 ? "; and " + more + " more" : "")
              + "; it was not kept");
    }
  }

  /**
   * Checks a file step by step.
   *
   * @param tracks as {@link #check(Path, int)} has it; empty where it is not known
   * @param everyBlock called before each block of the file that is read; may throw to end the check
   * @throws AuditException if the file cannot be read
   */
  static List<Finding> check(Path file, OptionalInt tracks, Runnable everyBlock) {
    Findings findings = new Findings();
    try (FileChannel channel = FileChannel.open(file)) {
      Slice whole = Slice.of(new FileWindow(channel, channel.size(), BUFFER_BYTES, everyBlock));
      int found = walk(whole, findings);
      if (tracks.isPresent() && found > tracks.getAsInt()) {
        findings.add(Kind.STREAM, "more tracks than were planned", "", 0);
      }
    } catch (Malformed e) {
      findings.malformed("", e.offset());
    } catch (IOException | UncheckedIOException e) {
      throw new AuditException(file + ": cannot be read; check its permissions and the disk");
    }
    return findings.list();
  }

  /** Walks the file and gives its number of tracks. */
  private static int walk(Slice file, Findings findings) {
    Slice head = file.copy();
    long magic = head.u32();
    long second = head.copy().u32();
    if (magic == EBML) {
      return new MatroskaWalk(file, findings).walk();
    }
    if (Mp4Places.allows("", head.fourCc())) {
      return new Mp4Walk(file, findings).walk();
    }
    if (magic >>> 16 == JPEG) {
      new JpegWalk(file, findings).walk();
    } else if (magic == PNG && second == 0x0D0A1A0AL) {
      new PngWalk(file, findings).walk();
    } else if (magic == RIFF && file.elsewhere(8, 4).fourCc().equals("WEBP")) {
      new WebpWalk(file, findings).walk();
    } else if (magic == TIFF_LITTLE || magic == TIFF_BIG) {
      new TiffWalk(file, findings).walk();
    } else {
      findings.add(Kind.UNKNOWN, "a format whose structure is not known", "", 0);
    }
    return 0;
  }
}
