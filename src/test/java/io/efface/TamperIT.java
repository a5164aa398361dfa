package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding;
import io.efface.audit.Finding.Kind;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.VideoCodec;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.AuditOptions;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import io.efface.pipeline.VerifyJob;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.Filing;
import io.efface.report.ReportFiles;
import io.efface.report.ReportFormat;
import io.efface.testing.TexturedFilm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Honest outputs pass the audit, however poor their encoding; outputs that somebody tampered with
 * do not, and the right check says so.
 */
class TamperIT {
  private static final TexturedFilm FILM = new TexturedFilm("yuv420p");
  private static final int FRAME = 7;

  @TempDir static Path folder;
  private static Path input = Path.of("");
  private static Path manifest = Path.of("");
  private static byte[] original = new byte[0];
  private static final Map<Base, byte[]> HONEST = new EnumMap<>(Base.class);

  /** What is tampered with. */
  private enum Base {
    BLUR,
    SOLID,
    MOSAIC;

    private Style style() {
      return switch (this) {
        case BLUR -> new Style.Blur();
        case SOLID -> new Style.Solid(0, 0, 0);
        case MOSAIC -> new Style.Mosaic(6);
      };
    }
  }

  /** Ways to tamper, each on raw frames: the honest ones in {@code to}, the original beside. */
  private enum Tampering {
    ONE_REGION_IN_ONE_FRAME(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return restored(to, FRAME, TexturedFilm.box(1, FRAME), 1);
      }
    },
    A_FACE_OF_TEN_PIXELS(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return restored(to, FRAME, TexturedFilm.box(2, FRAME), 1);
      }
    },
    A_PLATE(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return restored(to, FRAME, TexturedFilm.box(4, FRAME), 1);
      }
    },
    A_CUT_FACE(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return restored(to, FRAME, TexturedFilm.box(3, FRAME).clip(240, 160), 1);
      }
    },
    HALF_A_FACE(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        Box face = TexturedFilm.box(1, FRAME);
        return restored(
            to, FRAME, new Box(face.left(), face.top(), face.centreX(), face.bottom()), 1);
      }
    },
    THE_EYES(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        Box face = TexturedFilm.box(1, FRAME);
        return restored(to, FRAME, Box.around(face.centreX(), face.centreY() - 8, 40, 18), 1);
      }
    },
    A_FAINT_OVERLAY(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to;
        for (int f = 0; f < TexturedFilm.FRAMES; f++) {
          tampered = restored(tampered, f, TexturedFilm.box(1, f), 0.2);
        }
        return tampered;
      }
    },
    THE_NEGATIVE(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        each(
            TexturedFilm.box(1, FRAME),
            (x, y) -> {
              int at = FILM.lumaAt(FRAME, x, y);
              tampered[at] = (byte) (255 - (original[at] & 0xff));
            });
        return tampered;
      }
    },
    A_WEAK_BLUR(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return blurred(to, 2);
      }
    },
    A_STRONG_BLUR(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return blurred(to, 6);
      }
    },
    ANOTHER_FACE_IN_ITS_PLACE(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        Box from = TexturedFilm.box(1, FRAME);
        Box place = TexturedFilm.box(4, FRAME);
        each(
            place,
            (x, y) ->
                tampered[FILM.lumaAt(FRAME, x, y)] =
                    original[
                        FILM.lumaAt(
                            FRAME,
                            x - (int) place.left() + (int) from.left(),
                            y - (int) place.top() + (int) from.top())]);
        return tampered;
      }
    },
    A_WHOLE_FRAME(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        System.arraycopy(
            original,
            FRAME * FILM.frameBytes(),
            tampered,
            FRAME * FILM.frameBytes(),
            FILM.frameBytes());
        return tampered;
      }
    },
    THE_FIRST_FRAME(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        System.arraycopy(original, 0, tampered, 0, FILM.frameBytes());
        return tampered;
      }
    },
    THE_LAST_FRAME(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        int last = (TexturedFilm.FRAMES - 1) * FILM.frameBytes();
        System.arraycopy(original, last, tampered, last, FILM.frameBytes());
        return tampered;
      }
    },
    THE_ORIGINAL(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return original.clone();
      }
    },
    THE_ORIGINAL_BRIGHTER(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return toned(original, code -> code + 25);
      }
    },
    THE_ORIGINAL_DARKER(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return toned(original, code -> code - 25);
      }
    },
    THE_ORIGINAL_OF_LESS_CONTRAST(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return toned(original, code -> 128 + 0.4 * (code - 128));
      }
    },
    THE_ORIGINAL_BY_ANOTHER_GAMMA(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        return toned(original, code -> 255 * Math.pow(code / 255, 0.6));
      }
    },
    THE_COLOUR_ALONE(Kind.REGION) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        for (int f = 0; f < TexturedFilm.FRAMES; f++) {
          int chroma = f * FILM.frameBytes() + TexturedFilm.WIDTH * TexturedFilm.HEIGHT;
          int end = (f + 1) * FILM.frameBytes();
          System.arraycopy(original, chroma, tampered, chroma, end - chroma);
        }
        return tampered;
      }
    },
    ALL_BRIGHTER(Kind.FRAMES) {
      @Override
      byte[] on(byte[] to) {
        return toned(to, code -> code + 25);
      }
    },
    A_FRAME_LESS(Kind.FRAMES) {
      @Override
      byte[] on(byte[] to) {
        return Arrays.copyOf(to, to.length - FILM.frameBytes());
      }
    },
    A_FRAME_TWICE(Kind.FRAMES) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        System.arraycopy(
            to,
            (FRAME - 1) * FILM.frameBytes(),
            tampered,
            FRAME * FILM.frameBytes(),
            FILM.frameBytes());
        return tampered;
      }
    },
    A_FRAME_MORE(Kind.FRAMES) {
      @Override
      byte[] on(byte[] to) {
        return Arrays.copyOf(to, to.length + FILM.frameBytes());
      }
    },
    A_FRAME_LATE(Kind.FRAMES) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        System.arraycopy(to, 0, tampered, FILM.frameBytes(), to.length - FILM.frameBytes());
        return tampered;
      }
    },
    TWO_FRAMES_SWAPPED(Kind.FRAMES) {
      @Override
      byte[] on(byte[] to) {
        byte[] tampered = to.clone();
        int size = FILM.frameBytes();
        System.arraycopy(to, FRAME * size, tampered, (FRAME + 1) * size, size);
        System.arraycopy(to, (FRAME + 1) * size, tampered, FRAME * size, size);
        return tampered;
      }
    };

    private final Kind kind;

    Tampering(Kind kind) {
      this.kind = kind;
    }

    abstract byte[] on(byte[] to);
  }

  /** Does something for each pixel of a box. */
  private interface Pixel {
    void at(int x, int y);
  }

  private static void each(Box box, Pixel pixel) {
    for (int y = (int) box.top(); y < (int) box.bottom(); y++) {
      for (int x = (int) box.left(); x < (int) box.right(); x++) {
        pixel.at(x, y);
      }
    }
  }

  /** A share of the original's luma detail, laid over a box. */
  private static byte[] restored(byte[] to, int frame, Box box, double share) {
    byte[] tampered = to.clone();
    each(
        box,
        (x, y) -> {
          int at = FILM.lumaAt(frame, x, y);
          double mixed =
              share == 1
                  ? original[at] & 0xff
                  : (to[at] & 0xff) + share * ((original[at] & 0xff) - 128);
          tampered[at] = (byte) Math.max(0, Math.min(255, mixed));
        });
    return tampered;
  }

  /** The original's luma, averaged over a square, in the large face's place in every frame. */
  private static byte[] blurred(byte[] to, int radius) {
    byte[] tampered = to.clone();
    for (int f = 0; f < TexturedFilm.FRAMES; f++) {
      int frame = f;
      each(
          TexturedFilm.box(1, f),
          (x, y) -> {
            int sum = 0;
            int side = 2 * radius + 1;
            for (int i = -radius; i <= radius; i++) {
              for (int k = -radius; k <= radius; k++) {
                sum += original[FILM.lumaAt(frame, x + i, y + k)] & 0xff;
              }
            }
            tampered[FILM.lumaAt(frame, x, y)] = (byte) (sum / (side * side));
          });
    }
    return tampered;
  }

  /** Another code for each of luma, in all frames. */
  private static byte[] toned(byte[] raw, DoubleUnaryOperator tone) {
    byte[] toned = raw.clone();
    for (int f = 0; f < TexturedFilm.FRAMES; f++) {
      int frame = f;
      each(
          new Box(0, 0, TexturedFilm.WIDTH, TexturedFilm.HEIGHT),
          (x, y) -> {
            int at = FILM.lumaAt(frame, x, y);
            double code = tone.applyAsDouble(raw[at] & 0xff);
            toned[at] = (byte) Math.max(0, Math.min(255, code));
          });
    }
    return toned;
  }

  @BeforeAll
  static void makeFootage() {
    input = FILM.encode(FILM.raw(), folder.resolve("in.mkv"), "-c:v", "ffv1");
    original = FILM.raw();
    manifest = TexturedFilm.manifest(input, folder.resolve("in.json"));
    for (Base base : Base.values()) {
      Path output = folder.resolve("honest-" + base + ".mp4");
      apply(manifest, input, output, base.style(), VideoCodec.H264, 70);
      HONEST.put(base, FILM.decode(output));
    }
  }

  @ParameterizedTest
  @EnumSource(Tampering.class)
  void whatWasTamperedWithIsFound(Tampering tampering) {
    for (Base base : Base.values()) {
      if (base == Base.MOSAIC && tampering == Tampering.ANOTHER_FACE_IN_ITS_PLACE) {
        continue; // told by its smoothness, and a mosaic is not smooth
      }
      byte[] raw = tampering.on(HONEST.getOrDefault(base, new byte[0]));
      Path file =
          FILM.encode(
              raw,
              folder.resolve("tampered.mp4"),
              "-c:v",
              "libx264",
              "-crf",
              "18",
              "-preset",
              "ultrafast",
              "-g",
              "8");
      assertThat(verify(file, true).findings())
          .as("%s on %s", tampering, base)
          .extracting(Finding::kind)
          .contains(tampering.kind);
    }
  }

  @Test
  void withoutTheOriginalARestoredRegionIsTold() {
    byte[] raw = Tampering.ONE_REGION_IN_ONE_FRAME.on(HONEST.getOrDefault(Base.BLUR, new byte[0]));
    Path file = FILM.encode(raw, folder.resolve("alone.mp4"), "-c:v", "libx264", "-crf", "18");
    assertThat(verify(file, false).findings())
        .filteredOn(finding -> finding.kind() == Kind.REGION)
        .singleElement()
        .extracting(Finding::where)
        .asString()
        .startsWith("frame 7, 0.280 s");
  }

  @Test
  void anotherEncodingOfAnHonestOutputPasses() {
    for (Base base : Base.values()) {
      Path file =
          FILM.encode(
              HONEST.getOrDefault(base, new byte[0]),
              folder.resolve("again.mp4"),
              "-c:v",
              "libx264",
              "-crf",
              "30");
      assertThat(verify(file, true).findings())
          .as("%s", base)
          .filteredOn(finding -> finding.kind() == Kind.REGION || finding.kind() == Kind.FRAMES)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "blur, H264, 0",
    "blur, H264, 30",
    "blur, H264, 100",
    "blur, HEVC, 0",
    "blur, AV1, 20",
    "solid, H264, 0",
    "solid, H264, 60",
    "solid, HEVC, 0",
    "mosaic, H264, 0",
    "mosaic, H264, 30",
    "mosaic, H264, 70",
    "mosaic, HEVC, 20",
  })
  void anHonestOutputPasses(String style, VideoCodec codec, int quality) throws IOException {
    assertPasses(input, manifest, style, codec, quality);
  }

  @ParameterizedTest
  @CsvSource({
    "yuv420p10le, blur, HEVC, 0",
    "yuv420p10le, solid, H264, 40",
    "yuv420p10le, mosaic, HEVC, 60",
    "yuv444p, blur, H264, 0",
    "yuv444p, solid, H264, 0",
    "yuv444p, mosaic, H264, 50",
    "yuv444p10le, blur, H264, 20",
    "yuv444p10le, mosaic, HEVC, 30",
  })
  void anHonestOutputOfAnotherFormPasses(String form, String style, VideoCodec codec, int quality)
      throws IOException {
    TexturedFilm film = new TexturedFilm(form);
    Path other = film.encode(film.raw(), folder.resolve(form + ".mkv"), "-c:v", "ffv1");
    Path plan = TexturedFilm.manifest(other, folder.resolve(form + ".json"));
    assertPasses(other, plan, style, codec, quality);
  }

  private static void assertPasses(Path in, Path plan, String style, VideoCodec codec, int quality)
      throws IOException {
    Path output = folder.resolve("pass.mp4");
    Style chosen =
        switch (style) {
          case "blur" -> new Style.Blur();
          case "solid" -> new Style.Solid(200, 20, 20);
          default -> new Style.Mosaic(6);
        };
    apply(plan, in, output, chosen, codec, quality);
    assertThat(verified(output, plan, Optional.of(in), Optional.empty())).isEmpty();
    Files.delete(Jobs.report(output));
    Optional<Map<Label, Style>> said = Optional.of(RenderOptions.everywhere(chosen));
    assertThat(verified(output, plan, Optional.of(in), said)).isEmpty();
    // What nobody says to be a mosaic may be taken for a picture: its cells' noise is secret.
    if (!(chosen instanceof Style.Mosaic)) {
      assertThat(verified(output, plan, Optional.of(in), Optional.empty())).isEmpty();
    }
    assertThat(verified(output, plan, Optional.empty(), Optional.empty())).isEmpty();
  }

  private static List<Finding> verified(
      Path file, Path plan, Optional<Path> original, Optional<Map<Label, Style>> styles) {
    return new RedactionPipeline()
        .verify(
            new VerifyJob(
                file,
                Optional.of(plan),
                original,
                Optional.empty(),
                styles,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty()),
            Progress.NONE)
        .findings();
  }

  @Test
  void aFillThatIsNotThePlannedOneIsTold() {
    byte[] raw = HONEST.getOrDefault(Base.BLUR, new byte[0]).clone();
    each(
        TexturedFilm.box(1, FRAME),
        (x, y) -> {
          int at = FILM.lumaAt(FRAME, x, y);
          raw[at] = (byte) Math.max(0, (raw[at] & 0xff) - 40);
        });
    Path file = FILM.encode(raw, folder.resolve("filled.mp4"), "-c:v", "libx264", "-crf", "18");
    Optional<Map<Label, Style>> said = Optional.of(RenderOptions.everywhere(new Style.Blur()));
    assertThat(verified(file, manifest, Optional.of(input), said))
        .filteredOn(finding -> finding.kind() == Kind.REGION)
        .singleElement()
        .extracting(Finding::sentence)
        .asString()
        .endsWith("is not filled as planned");
  }

  @Test
  void aReportOfAnotherFileIsTold() throws IOException {
    Path output = folder.resolve("reported.mp4");
    apply(manifest, input, output, new Style.Blur(), VideoCodec.H264, 70);
    FILM.encode(FILM.decode(output), output, "-c:v", "libx264", "-crf", "18");
    assertThat(verified(output, manifest, Optional.of(input), Optional.empty()))
        .extracting(Finding::kind)
        .contains(Kind.REPORT);
    Files.writeString(Jobs.report(output), "{}");
    assertThat(verified(output, manifest, Optional.of(input), Optional.empty()))
        .extracting(Finding::kind)
        .contains(Kind.REPORT);
  }

  @Test
  void thePlainEncodingOfTheOriginalFailsWhateverItsQuality() {
    for (int crf : new int[] {10, 28, 40}) {
      Path file = folder.resolve("plain.mp4");
      FfmpegPrograms.make(
          "-i", input, "-c:v", "libx264", "-crf", crf, "-preset", "ultrafast", file);
      for (boolean withOriginal : new boolean[] {true, false}) {
        assertThat(verify(file, withOriginal).findings())
            .as("crf %d", crf)
            .extracting(Finding::kind)
            .contains(Kind.REGION);
      }
    }
  }

  private static Outcome.Verified verify(Path file, boolean withOriginal) {
    return new RedactionPipeline()
        .verify(
            Jobs.verification(file, manifest, withOriginal ? Optional.of(input) : Optional.empty()),
            Progress.NONE);
  }

  private static void apply(
      Path plan, Path in, Path output, Style style, VideoCodec codec, int quality) {
    RenderOptions render =
        new RenderOptions(
            RenderOptions.everywhere(style),
            RenderOptions.DEFAULT_MARGIN,
            Cover.FACE,
            new EncoderSettings(Optional.of(codec), quality, Preset.ULTRAFAST),
            RenderOptions.Audio.DROP,
            RenderOptions.OnCorrupt.BLANK,
            false,
            RenderOptions.Smart.OFF,
            AuditOptions.defaults());
    new RedactionPipeline()
        .apply(
            new ApplyJob(
                plan,
                in,
                false,
                output,
                render,
                true,
                Optional.of(
                    new ReportRequest(
                        ReportFiles.beside(output),
                        ReportFormat.JSON,
                        Filing.NONE,
                        Optional.empty()))),
            Progress.NONE);
  }
}
