package io.efface.pipeline;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks of the files a job would write, before it begins. */
final class Targets {
  /** What file systems allow a name: bytes, or characters under Windows. */
  private static final int LONGEST_NAME = 255;

  private Targets() {}

  /**
   * Refuses a rendering that would destroy something by what it writes: output, reports, manifest.
   *
   * @param read files that must stay as they are, beside the edits
   * @throws JobException as {@link #check(List, List, boolean)}
   */
  static void check(
      List<Path> read,
      Path output,
      Optional<ReportRequest> report,
      Editing editing,
      boolean overwrite) {
    List<Path> inputs = new ArrayList<>(read);
    editing.edits().ifPresent(inputs::add);
    List<Path> outputs = new ArrayList<>(List.of(output));
    outputs.addAll(ReportRequest.files(report, output).all());
    editing.manifest().ifPresent(outputs::add);
    check(inputs, outputs, overwrite);
  }

  /**
   * Refuses outputs that would destroy something.
   *
   * @param inputs files that must stay as they are
   * @param outputs files that will be written
   * @param overwrite whether existing outputs may be replaced
   * @throws JobException if an output is an input, or exists and may not be replaced, or is a
   *     folder, a pipe or a device, or has too long a name, or its folder can be neither written to
   *     nor made
   */
  static void check(List<Path> inputs, List<Path> outputs, boolean overwrite) {
    for (Path output : outputs) {
      refuseLong(output);
      for (Path input : inputs) {
        if (isSame(input, output)) {
          throw new JobException(output + ": is the input itself; name another output");
        }
      }
      if (Files.isDirectory(output)) {
        throw new JobException(output + ": is a folder; name a file in it, or use -d");
      }
      if (Files.exists(output) && !Files.isRegularFile(output)) {
        throw new JobException(output + ": is no regular file; name another output");
      }
      if (Files.exists(output, LinkOption.NOFOLLOW_LINKS) && !overwrite) {
        throw new JobException(output + ": exists already; name another output or add --overwrite");
      }
      refuseUnwritable(output.toAbsolutePath().getParent());
    }
    for (int i = 0; i < outputs.size(); i++) {
      for (int k = 0; k < i; k++) {
        if (isSame(outputs.get(i), outputs.get(k))) {
          throw new JobException(outputs.get(i) + ": would be written twice; name two files");
        }
      }
    }
  }

  /** Refuses a folder that is there and cannot be written to, or that cannot be made. */
  private static void refuseUnwritable(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    if (!Files.exists(folder)) {
      refuseUnwritable(folder.getParent());
    } else if (!Files.isDirectory(folder)) {
      throw new JobException(folder + ": is no folder; choose another one for outputs");
    } else {
      TemporaryOutput.refuseUnwritable(folder);
    }
  }

  private static void refuseLong(Path output) {
    String name = String.valueOf(output.getFileName());
    boolean inBytes = File.separatorChar == '/';
    int length = inBytes ? name.getBytes(StandardCharsets.UTF_8).length : name.length();
    if (length > LONGEST_NAME) {
      throw new JobException(
          output
              + ": its name is longer than the "
              + LONGEST_NAME
              + (inBytes ? " bytes" : " characters")
              + " that a name may have; choose a shorter output");
    }
  }

  private static boolean isSame(Path a, Path b) {
    if (a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize())) {
      return true;
    }
    try {
      return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }
}
