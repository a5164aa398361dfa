package io.efface.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A film's decoded frames by their hashes, by FFmpeg's own program.
 *
 * @param times presentation times in ticks of the file
 * @param hashes of the pixels, in the same order
 */
public record HashedFrames(List<Long> times, List<String> hashes) {
  /** Copies the lists. */
  public HashedFrames {
    times = List.copyOf(times);
    hashes = List.copyOf(hashes);
  }

  /**
   * Decodes a film.
   *
   * @throws AssertionError if that is not quiet
   */
  public static HashedFrames of(Path film) {
    return of(film, OptionalDouble.empty(), Integer.MAX_VALUE);
  }

  /**
   * Decodes a film from where a player jumps to.
   *
   * @param seconds the file's own time
   * @param count how many frames at most
   * @throws AssertionError if that is not quiet
   */
  public static HashedFrames from(Path film, double seconds, int count) {
    return of(film, OptionalDouble.of(seconds), count);
  }

  private static HashedFrames of(Path film, OptionalDouble seconds, int count) {
    List<String> arguments = new ArrayList<>(List.of("-v", "error"));
    seconds.ifPresent(
        s -> arguments.addAll(List.of("-seek_timestamp", "1", "-ss", Double.toString(s))));
    arguments.addAll(List.of("-i", film.toString(), "-map", "0:v:0"));
    arguments.addAll(List.of("-fps_mode", "passthrough", "-enc_time_base", "-1"));
    arguments.addAll(List.of("-frames:v", Integer.toString(count), "-f", "framemd5", "-"));
    Tool.Result result = Tool.FFMPEG.run(arguments);
    if (result.exitCode() != 0 || !result.err().isBlank()) {
      throw new AssertionError(film + " does not decode quietly: " + result.err());
    }
    List<Long> times = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (String line : result.out().lines().filter(l -> !l.startsWith("#")).toList()) {
      String[] fields = line.split(",", -1);
      times.add(Long.parseLong(fields[2].strip()));
      hashes.add(fields[5].strip());
    }
    return new HashedFrames(times, hashes);
  }

  /** The hashes of some frames. */
  public List<String> hashes(int from, int to) {
    return hashes.subList(from, Math.min(to, hashes.size()));
  }

  /** The numbers of the frames whose hashes differ. */
  public List<Integer> differences(HashedFrames other) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < Math.min(hashes.size(), other.hashes.size()); i++) {
      if (!hashes.get(i).equals(other.hashes.get(i))) {
        all.add(i);
      }
    }
    return all;
  }

  /** The presentation times of the packets that a player may begin at, in seconds. */
  public static List<Double> keyTimes(Path film) {
    String out =
        Tool.FFPROBE.runOrFail(
            List.of(
                "-v",
                "error",
                "-select_streams",
                "v:0",
                "-show_entries",
                "packet=pts_time,flags",
                "-of",
                "csv=p=0",
                film.toString()));
    return out.lines()
        .map(line -> line.split(",", -1))
        .filter(fields -> fields.length > 1 && fields[1].startsWith("K"))
        .map(fields -> Double.parseDouble(fields[0]))
        .toList();
  }
}
