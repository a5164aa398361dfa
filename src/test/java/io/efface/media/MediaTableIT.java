package io.efface.media;

import static io.efface.testing.SyntheticVideo.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.efface.testing.Probe;
import io.efface.testing.SyntheticVideo;
import io.efface.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of the media package is what went in, less everything that is not wanted. */
final class MediaTableIT {
  private static final List<String> COLOUR =
      List.of("pix_fmt", "color_range", "color_space", "color_primaries", "color_transfer");

  /** Names that a muxer gives every file. */
  private static final List<String> NEUTRAL_TAGS =
      List.of(
          "major_brand",
          "minor_version",
          "compatible_brands",
          "handler_name",
          "language",
          "vendor_id",
          "duration");

  @TempDir Path folder;

  private static Arguments of(String what, SyntheticVideo clip, String out) {
    return Arguments.of(what, clip, out, Optional.empty());
  }

  private static Arguments of(String what, SyntheticVideo clip, String out, VideoCodec codec) {
    return Arguments.of(what, clip, out, Optional.of(codec));
  }

  static List<Arguments> clips() {
    List<Arguments> all = new ArrayList<>();
    all.addAll(containers());
    all.addAll(pictures());
    all.addAll(extras());
    return all;
  }

  private static List<Arguments> containers() {
    return List.of(
        of("mp4", named("a.mp4").bFrames(2).audio("aac", 44100), "o.mp4"),
        of("mp4 to mkv", named("a.mp4").bFrames(2).audio("aac", 48000), "o.mkv"),
        of("mov", named("a.mov").bFrames(2).audio("pcm_s16le", 44100), "o.mov"),
        of("mkv", named("a.mkv").bFrames(3).audio("flac", 48000), "o.mkv"),
        of("mkv with Opus", named("a.mkv").audio("libopus", 48000), "o.mkv"),
        of(
            "mkv with Vorbis",
            named("a.mkv").audio("vorbis", 48000, "-strict", "experimental", "-ac", "2"),
            "o.mkv"),
        of("mkv with MP3", named("a.mkv").audio("libmp3lame", 44100), "o.mp4"),
        of(
            "webm",
            named("a.webm").codec("libvpx-vp9", "-cpu-used", "8").audio("libopus", 48000),
            "o.webm"),
        of("webm with VP8", named("a.webm").codec("libvpx", "-cpu-used", "8"), "o.webm"),
        of("avi", named("a.avi").codec("mpeg4").audio("libmp3lame", 44100), "o.mp4"),
        of("avi with motion JPEG", named("a.avi").codec("mjpeg").pixelFormat("yuvj422p"), "o.mov"),
        of("ts", named("a.ts").bFrames(2).audio("aac", 48000), "o.mp4"),
        of("ts with MPEG-2", named("a.ts").codec("mpeg2video").audio("mp2", 48000), "o.mkv"),
        of(
            "3gp",
            named("a.3gp").codec("h263").size(176, 144).audio("libopencore_amrnb", 8000),
            "o.mp4"),
        of("flv", named("a.flv").bFrames(2).audio("aac", 44100), "o.mp4"),
        of("H.264 to HEVC", named("a.mp4").bFrames(2), "o.mp4", VideoCodec.HEVC),
        of("H.264 to AV1", named("a.mp4").bFrames(2), "o.mp4", VideoCodec.AV1),
        of("H.264 to VP9", named("a.mp4").bFrames(2), "o.mp4", VideoCodec.VP9),
        of("HEVC", named("a.mp4").codec("libx265", "-x265-params", "log-level=none"), "o.mp4"),
        of("AV1", named("a.mp4").codec("libsvtav1", "-preset", "12"), "o.webm"),
        of("H.264 to WebM", named("a.mp4").audio("pcm_s16le", 48000), "o.webm"),
        of("PCM to WebM", named("a.mkv").audio("pcm_s16le", 44100).frames(50), "o.webm"),
        of("AV1 to mov", named("a.mp4").codec("libsvtav1", "-preset", "12"), "o.mov"),
        of("Opus to mov", named("a.mkv").audio("libopus", 48000), "o.mov"));
  }

  private static List<Arguments> pictures() {
    List<Arguments> all = new ArrayList<>();
    for (int turn = 0; turn < 8; turn++) {
      all.add(
          of(
              "orientation " + turn,
              named("a.mp4").displayed(turn % 4 * 90, turn >= 4, false),
              turn % 2 == 0 ? "o.mp4" : "o.mkv"));
    }
    for (String format :
        List.of("yuv422p", "yuv444p", "yuvj420p", "yuv420p10le", "yuv422p10le", "yuv444p10le")) {
      all.add(of(format, named("a.mp4").pixelFormat(format), "o.mp4"));
    }
    SyntheticVideo hevc422 =
        named("a.mkv")
            .codec("libx265", "-x265-params", "log-level=none")
            .pixelFormat("yuv422p10le");
    SyntheticVideo vp9 = named("a.webm").codec("libvpx-vp9", "-cpu-used", "8");
    all.addAll(
        List.of(
            of("HEVC 4:2:2 10 bit", hevc422, "o.mkv"),
            of("VP9 4:2:2", vp9.pixelFormat("yuv422p"), "o.webm"),
            of("VP9 4:4:4", named("a.webm").codec("libvpx-vp9").pixelFormat("yuv444p"), "o.webm"),
            of("AV1 10 bit", named("a.mkv").pixelFormat("yuv420p10le"), "o.mkv", VideoCodec.AV1),
            of("AV1 4:4:4", named("a.mp4").pixelFormat("yuv444p"), "o.mp4", VideoCodec.AV1),
            of(
                "BT.709",
                named("a.mp4").colour("bt709", "bt709", "bt709", "tv").bFrames(2),
                "o.mp4"),
            of(
                "BT.601 full range",
                named("a.mov").colour("smpte170m", "smpte170m", "smpte170m", "pc"),
                "o.mov"),
            of(
                "HLG",
                named("a.mp4")
                    .codec("libx265", "-x265-params", "log-level=none")
                    .pixelFormat("yuv420p10le")
                    .colour("bt2020", "arib-std-b67", "bt2020nc", "tv"),
                "o.mp4"),
            of("full range VP9", vp9Full(), "o.webm"),
            of("HDR10", named("a.mp4").hdr10(), "o.mp4"),
            of("HDR10 to mkv", named("a.mkv").hdr10(), "o.mkv"),
            of("HDR10 as AV1", named("a.mp4").hdr10(), "o.mp4", VideoCodec.AV1),
            of("HDR10 as H.264", named("a.mp4").hdr10(), "o.mp4", VideoCodec.H264),
            of("HDR10 to WebM", named("a.mkv").hdr10(), "o.webm", VideoCodec.AV1),
            of("pixels wider than high", named("a.mp4").sampleAspect("64/45"), "o.mp4"),
            of("pixels higher than wide", named("a.mkv").sampleAspect("3/4"), "o.mkv"),
            of("top field first", named("a.mp4").interlaced("tt"), "o.mp4"),
            of("bottom field first", named("a.mov").interlaced("bb"), "o.mov"),
            of(
                "interlaced MPEG-2",
                named("a.ts").codec("mpeg2video").interlaced("tt").size(176, 144),
                "o.mkv"),
            of(
                "interlaced MPEG-2 of no whole blocks",
                named("a.ts").codec("mpeg2video").interlaced("tt").size(176, 150),
                "o.mp4"),
            of("odd size", named("a.webm").codec("libvpx-vp9").size(161, 97), "o.webm"),
            of(
                "odd size as H.264",
                named("a.webm").codec("libvpx-vp9").size(161, 97),
                "o.mp4",
                VideoCodec.H264),
            of("odd 4:4:4", named("a.mp4").pixelFormat("yuv444p").size(161, 97), "o.mp4"),
            of("tiny", named("a.mp4").size(16, 16), "o.mp4")));
    return all;
  }

  private static SyntheticVideo vp9Full() {
    return named("a.webm").codec("libvpx-vp9").colour("bt709", "bt709", "bt709", "pc");
  }

  private static List<Arguments> extras() {
    return List.of(
        of("uneven times", named("a.mp4").variableRate().bFrames(2), "o.mp4"),
        of("uneven times to mkv", named("a.mkv").variableRate(), "o.mkv"),
        of("uneven times as HEVC", named("a.mp4").variableRate(), "o.mp4", VideoCodec.HEVC),
        of("uneven times as AV1", named("a.mp4").variableRate(), "o.mp4", VideoCodec.AV1),
        of("uneven times as VP9", named("a.mp4").variableRate(), "o.webm", VideoCodec.VP9),
        of("30000/1001", named("a.mp4").rate("30000/1001").bFrames(2), "o.mp4"),
        of("240 a second", named("a.mov").rate("240").frames(60), "o.mov"),
        of("one in two seconds", named("a.mp4").rate("1/2").frames(4), "o.mp4"),
        of("one frame", named("a.mp4").frames(1), "o.mp4"),
        of("one key frame only", named("a.mp4").gop(1000).frames(60).bFrames(3), "o.mp4"),
        of("key frames only", named("a.mp4").gop(1), "o.mp4"),
        of(
            "edit list",
            named("a.mp4").frames(50).gop(25).bFrames(2).audio("aac", 48000).startingAt(0.5),
            "o.mp4"),
        of(
            "edit list to mkv",
            named("a.mov").frames(50).gop(25).bFrames(2).startingAt(0.5),
            "o.mkv"),
        of("fragments", named("a.mp4").muxing("-movflags", "frag_keyframe+empty_moov"), "o.mp4"),
        of("attached picture", named("a.mp4").attachedPicture(), "o.mp4"),
        of("time code", named("a.mov").timecode(), "o.mov"),
        of("subtitles", named("a.mp4").subtitles(), "o.mp4"),
        of("subtitles in mkv", named("a.mkv").subtitles().attachment(), "o.mkv"),
        of("chapters", named("a.mp4").chapters(), "o.mp4"),
        of("chapters in mkv", named("a.mkv").chapters(), "o.mkv"),
        of("second video", named("a.mp4").secondVideo(), "o.mp4"),
        of(
            "everything",
            named("a.mkv")
                .bFrames(2)
                .audio("libopus", 48000)
                .subtitles()
                .chapters()
                .secondVideo()
                .attachment(),
            "o.webm"));
  }

  @ParameterizedTest(name = "{0} to {2}")
  @MethodSource("clips")
  void keepsWhatIsSeenAndHeardAndNothingElse(
      String what, SyntheticVideo clip, String out, Optional<VideoCodec> codec) throws IOException {
    Path input = clip.in(folder);
    Path output = folder.resolve(out);
    List<StreamDecision> decisions = Transcode.run(input, output, Transcode.quick(codec), true);
    Probe before = Probe.of(input);
    Probe after = Probe.of(output);
    assertThat(before.frames()).as("frames of the clip itself").isNotEmpty();
    sameTimes(before, after);
    samePicture(before, after);
    sameSideData(before, after);
    sameSound(before, after, decisions);
    nothingElse(after, decisions);
    noTrace(output);
    assertThat(after.video().path("codec_name").asText())
        .isEqualTo(codec.or(() -> family(before, out)).orElseThrow().id());
    assertThat(complaints(output)).isEmpty();
  }

  /** FFmpeg 8.0 complains of every file with Opus in it, its own ones too. */
  private static String complaints(Path output) {
    Tool.Result result =
        Tool.FFMPEG.run(List.of("-v", "warning", "-i", output.toString(), "-f", "null", "-"));
    assertThat(result.exitCode()).isZero();
    return result.err().replaceAll("\\[opus @ \\w+] Error parsing Opus packet header\\.\\s*", "");
  }

  private static Optional<VideoCodec> family(Probe before, String out) {
    VideoCodec family = EncoderSetup.familyOf(before.video().path("codec_name").asText());
    Container container = Container.ofName(Path.of(out)).orElseThrow();
    return Optional.of(container.holds(family) ? family : container.usual());
  }

  private static void sameTimes(Probe before, Probe after) {
    assertThat(after.frames()).hasSameSizeAs(before.frames());
    String container = before.overview().path("format").path("format_name").asText();
    double shift = container.equals("mpegts") ? before.start() : 0;
    double tolerance = tick(before) / 2 + tick(after) / 2 + 1e-6;
    for (int i = 0; i < before.frames().size(); i++) {
      assertThat(after.times().get(i))
          .as("time of frame %s", i)
          .isCloseTo(before.times().get(i) - shift, within(tolerance));
    }
  }

  /** Seconds a tick where it is coarser than the other's, as Matroska's thousandths are. */
  private static double tick(Probe probe) {
    String[] parts = probe.video().path("time_base").asText().split("/", 2);
    double tick = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    return tick >= 0.001 && parts[1].equals("1000") ? tick : 0;
  }

  private static void samePicture(Probe before, Probe after) {
    boolean even =
        List.of("h264", "hevc").contains(after.video().path("codec_name").asText())
            && before.ofFrame("pix_fmt").startsWith("yuv420");
    boolean fields = before.frames().get(0).path("interlaced_frame").asInt() != 0;
    for (String side : List.of("width", "height")) {
      int stored = before.video().path(side).asInt();
      int step = !even ? 1 : fields && side.equals("height") ? 4 : 2;
      assertThat(after.video().path(side).asInt())
          .as(side)
          .isEqualTo((stored + step - 1) / step * step);
    }
    for (String key : COLOUR) {
      assertThat(normal(after, key)).as(key).isEqualTo(normal(before, key));
    }
    assertThat(aspect(after)).as("sample aspect").isEqualTo(aspect(before));
    for (JsonNode frame : after.frames()) {
      assertThat(frame.path("interlaced_frame").asInt())
          .as("interlaced")
          .isEqualTo(before.frames().get(0).path("interlaced_frame").asInt());
      assertThat(frame.path("top_field_first").asInt())
          .as("top field first")
          .isEqualTo(before.frames().get(0).path("top_field_first").asInt());
    }
  }

  /** The old full-range names mean the plain format; an unset range is read as the narrow one. */
  private static String normal(Probe probe, String key) {
    String value = probe.ofFrame(key).replace("yuvj", "yuv");
    boolean unset = value.isEmpty() || value.equals("unknown");
    return unset ? (key.equals("color_range") ? "tv" : "unknown") : value;
  }

  private static String aspect(Probe probe) {
    String value = probe.ofFrame("sample_aspect_ratio");
    return value.isEmpty() || value.equals("0:1") ? "1:1" : value;
  }

  private static void sameSideData(Probe before, Probe after) {
    for (String type :
        List.of("Display Matrix", "Mastering display metadata", "Content light level metadata")) {
      Map<String, Double> expected = numbers(seen(before).get(type));
      Map<String, Double> found = numbers(seen(after).get(type));
      assertThat(found.keySet()).as(type).isEqualTo(expected.keySet());
      expected.forEach(
          (key, value) ->
              assertThat(found.get(key))
                  .as(type + ": " + key)
                  .isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value)))));
    }
    List<String> known =
        List.of(
            "Display Matrix",
            "3x3 displaymatrix",
            "Mastering display metadata",
            "Content light level metadata",
            "CPB properties");
    assertThat(known).containsAll(seen(after).keySet());
  }

  /** AV1 and Matroska write other fractions, of the same value. */
  private static Map<String, Double> numbers(@Nullable JsonNode data) {
    Map<String, Double> all = new TreeMap<>();
    if (data != null) {
      for (Map.Entry<String, JsonNode> member : data.properties()) {
        String[] parts = member.getValue().asText().split("/", 2);
        if (parts[0].strip().matches("-?[0-9.]+")) {
          double over = parts.length == 2 ? Double.parseDouble(parts[1]) : 1;
          all.put(member.getKey(), Double.parseDouble(parts[0]) / over);
        } else if (member.getKey().equals("displaymatrix")) {
          matrix(parts[0], all);
        }
      }
    }
    return all;
  }

  private static void matrix(String text, Map<String, Double> all) {
    for (String line : text.strip().split("\n", -1)) {
      String[] words = line.strip().split("[: ]+", -1);
      for (int i = 1; i < words.length; i++) {
        all.put(words[0] + "," + i, Double.parseDouble(words[i]));
      }
    }
  }

  private static Map<String, JsonNode> seen(Probe probe) {
    Map<String, JsonNode> all = new TreeMap<>(probe.streamSideData());
    all.putAll(probe.frameSideData());
    all.remove("H.26[45] User Data Unregistered SEI message");
    return all;
  }

  private static void sameSound(Probe before, Probe after, List<StreamDecision> decisions) {
    List<JsonNode> in = before.streams("audio");
    List<JsonNode> out = after.streams("audio");
    assertThat(out).hasSameSizeAs(in);
    for (int i = 0; i < in.size(); i++) {
      StreamDecision decision = decisions.get(in.get(i).path("index").asInt());
      if (decision.fate() == StreamDecision.Fate.COPIED) {
        for (String key : List.of("codec_name", "sample_rate", "channels")) {
          assertThat(out.get(i).path(key).asText()).as(key).isEqualTo(in.get(i).path(key).asText());
        }
        samePackets(before, after, i);
      } else {
        assertThat(decision.fate()).isEqualTo(StreamDecision.Fate.ENCODED);
        assertThat(out.get(i).path("codec_name").asText()).isEqualTo(decision.detail());
      }
      assertThat(Sound.loudness(after.file(), i))
          .as("loudness")
          .isCloseTo(Sound.loudness(before.file(), i), within(0.02));
      // FFmpeg's program decodes the last AAC frame wholly, whatever duration the file gives it.
      double told = out.get(i).path("duration").asDouble();
      assertThat(told > 0 ? told : Sound.seconds(after.file(), i))
          .as("seconds of sound")
          .isCloseTo(Sound.seconds(before.file(), i), within(0.05));
    }
  }

  /**
   * The packet before the first audible one is needed to decode that; Matroska takes it only from a
   * file that says how many samples it holds.
   */
  private static void samePackets(Probe before, Probe after, int track) {
    List<JsonNode> in = before.soundPackets(track);
    List<JsonNode> out = after.soundPackets(track);
    long hidden = in.stream().filter(p -> p.path("flags").asText().contains("D")).count();
    boolean loses =
        after.file().toString().endsWith(".mkv") && !before.file().toString().endsWith(".mkv");
    long early = in.stream().filter(p -> p.path("pts_time").asDouble() < 0).count();
    long kept = hidden > 1 ? in.size() - hidden + 1 : in.size();
    long expected = loses ? kept - early : kept;
    assertThat(out).as("packets of sound").hasSize((int) expected);
  }

  private static void nothingElse(Probe after, List<StreamDecision> decisions) {
    assertThat(after.streams()).hasSize(1 + after.streams("audio").size());
    assertThat(after.streams("video")).hasSize(1);
    assertThat(after.chapters()).isEmpty();
    assertThat(decisions).extracting(StreamDecision::fate).contains(StreamDecision.Fate.REDACTED);
    after
        .tags()
        .forEach(
            (tag, value) -> {
              String name = tag.replaceAll(".*: ", "").toLowerCase(Locale.ROOT);
              boolean blank = name.equals("encoder") && value.isEmpty();
              assertThat(blank || NEUTRAL_TAGS.contains(name)).as(tag + "=" + value).isTrue();
            });
  }

  private static void noTrace(Path output) throws IOException {
    String bytes = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(bytes.contains(SyntheticVideo.SECRET)).as("planted word").isFalse();
    for (String word : List.of("Lavf", "Lavc", "x264", "x265", "+48.8577", "2024-02-03")) {
      assertThat(bytes.contains(word)).as(word).isFalse();
    }
  }
}
