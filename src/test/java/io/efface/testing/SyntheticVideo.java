package io.efface.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a clip for a test: moving test bars, and a tone where sound is asked for. Each method
 * changes the clip and returns it; {@link #in} makes the file. Every clip carries {@link #SECRET}
 * wherever its container takes tags, so that a test can look for what leaked.
 */
public final class SyntheticVideo {
  /** A word that no output may hold. */
  public static final String SECRET = "PlantedSecretQx7";

  private static final String GPS = "+48.8577+002.2950/";

  private final String name;
  private int width = 160;
  private int height = 96;
  private String rate = "25";
  private int frames = 20;
  private String codec = "libx264";
  private String pixelFormat = "yuv420p";
  private Optional<String> audio = Optional.empty();
  private String audioRate = "48000";
  private final List<String> filters = new ArrayList<>();
  private final List<String> encoding = new ArrayList<>();
  private final List<String> muxing = new ArrayList<>();
  private final List<String> copying = new ArrayList<>();
  private final List<String> copyingInput = new ArrayList<>();
  private boolean subtitles;
  private boolean chapters;
  private boolean secondVideo;
  private boolean attachedPicture;
  private boolean attachment;

  private SyntheticVideo(String name) {
    this.name = name;
  }

  /** A clip of 20 frames, 160x96, 25 a second, H.264, without sound; the name's ending counts. */
  public static SyntheticVideo named(String name) {
    return new SyntheticVideo(name);
  }

  /** The size in pixels. */
  public SyntheticVideo size(int w, int h) {
    width = w;
    height = h;
    return this;
  }

  /** Frames a second, as FFmpeg writes it: {@code 30000/1001}. */
  public SyntheticVideo rate(String framesPerSecond) {
    rate = framesPerSecond;
    return this;
  }

  /** How many frames. */
  public SyntheticVideo frames(int count) {
    frames = count;
    return this;
  }

  /** FFmpeg's name of the encoder, and options for it. */
  public SyntheticVideo codec(String encoder, String... options) {
    codec = encoder;
    encoding.addAll(List.of(options));
    return this;
  }

  /** FFmpeg's name of the pixel format. */
  public SyntheticVideo pixelFormat(String format) {
    pixelFormat = format;
    return this;
  }

  /** Uneven times: every third frame stays twice as long. */
  public SyntheticVideo variableRate() {
    filters.add("setpts='(N+floor(N/3))/(" + rate + ")/TB'");
    encoding.addAll(List.of("-fps_mode", "passthrough", "-enc_time_base", "1/90000"));
    return this;
  }

  /** B-frames in a row. */
  public SyntheticVideo bFrames(int count) {
    encoding.addAll(List.of("-bf", Integer.toString(count)));
    return this;
  }

  /** Frames from one key frame to the next. */
  public SyntheticVideo gop(int size) {
    encoding.addAll(List.of("-g", Integer.toString(size)));
    return this;
  }

  /** Sound: FFmpeg's name of the encoder, and samples a second. */
  public SyntheticVideo audio(String encoder, int samplesPerSecond, String... options) {
    audio = Optional.of(encoder);
    audioRate = Integer.toString(samplesPerSecond);
    encoding.addAll(List.of(options));
    return this;
  }

  /** Field-coded, the given field ({@code tt} or {@code bb}) first. */
  public SyntheticVideo interlaced(String order) {
    boolean top = order.equals("tt");
    filters.add("setfield=" + (top ? "tff" : "bff"));
    encoding.addAll(List.of("-flags:v", "+ilme+ildct", "-field_order", order));
    return this;
  }

  /** The shape of a pixel, as {@code 4/3}. */
  public SyntheticVideo sampleAspect(String ratio) {
    filters.add("setsar=" + ratio);
    return this;
  }

  /** Colour tags and range, in FFmpeg's names. */
  public SyntheticVideo colour(String primaries, String transfer, String matrix, String range) {
    filters.add(
        "setparams=color_primaries="
            + primaries
            + ":color_trc="
            + transfer
            + ":colorspace="
            + matrix
            + ":range="
            + range);
    return this;
  }

  /** Ten-bit HEVC with HDR10's mastering display and light levels. */
  public SyntheticVideo hdr10() {
    codec(
        "libx265",
        "-x265-params",
        "log-level=none:hdr10=1:repeat-headers=1:max-cll=1000,400:master-display="
            + "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)");
    return pixelFormat("yuv420p10le").colour("bt2020", "smpte2084", "bt2020nc", "tv");
  }

  /** A display matrix that asks for a turn by degrees, after mirroring. */
  public SyntheticVideo displayed(int degrees, boolean hflip, boolean vflip) {
    copyingInput.addAll(List.of("-display_rotation:v:0", Integer.toString(degrees)));
    if (hflip) {
      copyingInput.add("-display_hflip:v:0");
    }
    if (vflip) {
      copyingInput.add("-display_vflip:v:0");
    }
    return this;
  }

  /** Starts in the middle of a group of pictures, by an edit list where the container has one. */
  public SyntheticVideo startingAt(double seconds) {
    copyingInput.addAll(List.of("-ss", Double.toString(seconds)));
    return this;
  }

  /** Options for the container. */
  public SyntheticVideo muxing(String... options) {
    muxing.addAll(List.of(options));
    return this;
  }

  /** A track of subtitles. */
  public SyntheticVideo subtitles() {
    subtitles = true;
    return this;
  }

  /** Two chapters. */
  public SyntheticVideo chapters() {
    chapters = true;
    return this;
  }

  /** A track of time codes. */
  public SyntheticVideo timecode() {
    return muxing("-timecode", "10:20:30:00");
  }

  /** A second picture. */
  public SyntheticVideo secondVideo() {
    secondVideo = true;
    return this;
  }

  /** A cover. */
  public SyntheticVideo attachedPicture() {
    attachedPicture = true;
    return this;
  }

  /** A file inside the file; Matroska only. */
  public SyntheticVideo attachment() {
    attachment = true;
    return this;
  }

  /** Makes the file. */
  public Path in(Path folder) {
    Path result = folder.resolve(name);
    boolean twice = !copyingInput.isEmpty() || attachedPicture;
    Path encoded = twice ? folder.resolve("encoded-" + name) : result;
    Tool.FFMPEG.runOrFail(encode(encoded, folder));
    if (twice) {
      Tool.FFMPEG.runOrFail(copy(encoded, result, folder));
      delete(encoded);
    }
    return result;
  }

  private List<String> encode(Path target, Path folder) {
    List<String> all = new ArrayList<>(List.of("-v", "error", "-y"));
    all.addAll(List.of("-f", "lavfi", "-i", source("testsrc2")));
    int input = 1;
    List<String> maps = new ArrayList<>(List.of("-map", "0:v"));
    if (secondVideo) {
      all.addAll(List.of("-f", "lavfi", "-i", source("mandelbrot")));
      maps.addAll(List.of("-map", input++ + ":v"));
    }
    if (audio.isPresent()) {
      String tone = "sine=frequency=440:sample_rate=" + audioRate + ":duration=" + seconds();
      all.addAll(List.of("-f", "lavfi", "-i", tone));
      maps.addAll(List.of("-map", input++ + ":a", "-c:a", audio.get()));
    }
    if (subtitles) {
      all.addAll(List.of("-i", subtitleFile(folder).toString()));
      String kind = name.endsWith(".mkv") ? "srt" : "mov_text";
      maps.addAll(List.of("-map", input++ + ":s", "-c:s", name.endsWith("webm") ? "webvtt" : kind));
    }
    if (chapters) {
      all.addAll(List.of("-f", "ffmetadata", "-i", chapterFile(folder).toString()));
      maps.addAll(List.of("-map_chapters", Integer.toString(input++)));
    }
    all.addAll(maps);
    all.addAll(List.of("-c:v", codec, "-pix_fmt", pixelFormat));
    if (codec.equals("libx264") || codec.equals("libx265")) {
      all.addAll(List.of("-preset", "ultrafast"));
    }
    if (!filters.isEmpty()) {
      all.addAll(List.of("-filter:v:0", String.join(",", filters)));
    }
    all.addAll(List.of("-frames:v", Integer.toString(frames)));
    all.addAll(encoding);
    if (attachment) {
      all.addAll(
          List.of(
              "-attach", subtitleFile(folder).toString(), "-metadata:s:t", "mimetype=text/plain"));
    }
    all.addAll(tags());
    all.addAll(muxing);
    all.add(target.toString());
    return all;
  }

  private List<String> copy(Path source, Path target, Path folder) {
    List<String> all = new ArrayList<>(List.of("-v", "error", "-y"));
    all.addAll(copyingInput);
    all.addAll(List.of("-i", source.toString()));
    if (attachedPicture) {
      Path cover = folder.resolve("cover-" + name + ".png");
      Tool.FFMPEG.runOrFail(
          List.of(
              "-v",
              "error",
              "-y",
              "-f",
              "lavfi",
              "-i",
              "mandelbrot=s=64x64",
              "-frames:v",
              "1",
              cover.toString()));
      all.addAll(List.of("-i", cover.toString(), "-map", "0", "-map", "1:v"));
      all.addAll(List.of("-disposition:v:1", "attached_pic"));
    } else {
      all.addAll(List.of("-map", "0"));
    }
    all.addAll(List.of("-c", "copy"));
    all.addAll(copying);
    all.addAll(tags());
    all.addAll(muxing);
    all.add(target.toString());
    return all;
  }

  private List<String> tags() {
    return List.of(
        "-metadata",
        "title=" + SECRET,
        "-metadata",
        "comment=" + SECRET,
        "-metadata",
        "location=" + GPS,
        "-metadata",
        "creation_time=2024-02-03T04:05:06Z",
        "-metadata:s:v",
        "title=" + SECRET,
        "-metadata:s:v",
        "handler_name=" + SECRET);
  }

  private String source(String filter) {
    return filter + "=s=" + width + "x" + height + ":r=" + rate;
  }

  private double seconds() {
    String[] parts = rate.split("/", 2);
    double fps = Double.parseDouble(parts[0]);
    return frames / (parts.length == 2 ? fps / Double.parseDouble(parts[1]) : fps);
  }

  private static Path subtitleFile(Path folder) {
    return write(
        folder.resolve("words.srt"), "1\n00:00:00,100 --> 00:00:00,500\n" + SECRET + "\n\n");
  }

  private static Path chapterFile(Path folder) {
    return write(
        folder.resolve("chapters.txt"),
        ";FFMETADATA1\n"
            + "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=300\ntitle="
            + SECRET
            + "\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=300\nEND=600\ntitle=two\n");
  }

  /** The first part of a file, as a copy that was broken off. */
  public static Path truncated(Path whole, double share, Path target) {
    try {
      byte[] bytes = Files.readAllBytes(whole);
      byte[] part = java.util.Arrays.copyOf(bytes, (int) (bytes.length * share));
      return Files.write(target, part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path target, String text) {
    try {
      return Files.writeString(target, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
