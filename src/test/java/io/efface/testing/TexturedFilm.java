package io.efface.testing;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.manifest.Decision;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.media.Rational;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A short film, made in memory from a seed, of textured objects that move over a textured ground,
 * and the manifest that says where they are: a large face, a tiny one of 10 pixels, one that leaves
 * the picture, and a plate.
 */
public final class TexturedFilm {
  /** Pixels a row. */
  public static final int WIDTH = 240;

  /** Rows. */
  public static final int HEIGHT = 160;

  /** Frames, at 25 a second. */
  public static final int FRAMES = 16;

  private static final int TICKS_A_FRAME = 40;

  private final String pixelFormat;
  private final int shift;
  private final int bytes;

  /**
   * A film.
   *
   * @param pixelFormat FFmpeg's name: yuv420p, yuv444p, or either with 10le
   */
  public TexturedFilm(String pixelFormat) {
    this.pixelFormat = pixelFormat;
    this.shift = pixelFormat.contains("420") ? 1 : 0;
    this.bytes = pixelFormat.endsWith("10le") ? 2 : 1;
  }

  /** Where an object is in a frame, in pixels; tracks are numbered from 1. */
  public static Box box(int track, int frame) {
    return switch (track) {
      case 1 -> Box.ofSize(40 + 3 * frame, 30 + frame, 48, 60);
      case 2 -> Box.ofSize(180 - 2 * frame, 20, 10, 10);
      case 3 -> Box.ofSize(205 + 2 * frame, 70, 24, 30);
      default -> Box.ofSize(20 + 4 * frame, 125, 50, 14);
    };
  }

  /** The tracks. */
  public static List<Track> tracks() {
    List<Track> tracks = new ArrayList<>();
    for (int id = 1; id <= 4; id++) {
      List<TrackPoint> points = new ArrayList<>();
      for (int f = 0; f < FRAMES; f++) {
        points.add(new TrackPoint(f, (long) f * TICKS_A_FRAME, box(id, f), 0.5, Origin.DETECTED));
      }
      tracks.add(new Track(id, id == 4 ? Label.PLATE : Label.FACE, points));
    }
    return tracks;
  }

  /** The samples of all frames, planes one after another, as FFmpeg's rawvideo. */
  public byte[] raw() {
    byte[] raw = new byte[FRAMES * frameBytes()];
    Random noise = new Random(7);
    int at = 0;
    for (int f = 0; f < FRAMES; f++) {
      for (int plane = 0; plane < 3; plane++) {
        int s = plane == 0 ? 0 : shift;
        for (int y = 0; y < HEIGHT >> s; y++) {
          for (int x = 0; x < WIDTH >> s; x++) {
            double value = value(f, plane, x << s, y << s) + 2 * noise.nextGaussian();
            int code = (int) (Math.max(16, Math.min(235, value)) * (bytes == 2 ? 4 : 1));
            raw[at++] = (byte) code;
            if (bytes == 2) {
              raw[at++] = (byte) (code >> 8);
            }
          }
        }
      }
    }
    return raw;
  }

  private static double value(int frame, int plane, int x, int y) {
    double contrast = plane == 0 ? 1 : 0.3;
    for (int id = 1; id <= 4; id++) {
      Box box = box(id, frame);
      if (x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom()) {
        double u = (x - box.left()) / box.width();
        double v = (y - box.top()) / box.height();
        double pattern =
            Math.sin(9 * u + id) * Math.cos(7 * v) + 0.7 * Math.sin(25 * u + 19 * v + plane);
        return 128 + contrast * (45 * pattern + 30 * (v - 0.5));
      }
    }
    double ground = Math.sin((x + 2 * frame) / 9.0) * Math.cos(y / 13.0);
    return 120 + contrast * (35 * ground + 20 * Math.sin((x + 2 * frame + y) / 41.0));
  }

  /** Bytes of one frame. */
  public int frameBytes() {
    return (WIDTH * HEIGHT + 2 * (WIDTH >> shift) * (HEIGHT >> shift)) * bytes;
  }

  /** Where a luma sample of 8 bits lies in the raw bytes. */
  public int lumaAt(int frame, int x, int y) {
    return frame * frameBytes() + y * WIDTH + x;
  }

  /** Writes raw frames as a file; the options decide codec and quality. */
  public Path encode(byte[] raw, Path target, Object... options) {
    try {
      Path file = Files.write(target.resolveSibling(target.getFileName() + ".yuv"), raw);
      List<Object> args =
          new ArrayList<>(
              List.of("-f", "rawvideo", "-pix_fmt", pixelFormat, "-s", WIDTH + "x" + HEIGHT));
      args.addAll(List.of("-r", "25", "-i", file));
      args.addAll(List.of(options));
      args.add(target);
      return FfmpegPrograms.make(args.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The raw frames of a file. */
  public byte[] decode(Path video) {
    try {
      return Files.readAllBytes(
          FfmpegPrograms.make(
              "-i",
              video,
              "-f",
              "rawvideo",
              "-pix_fmt",
              pixelFormat,
              video.resolveSibling(video.getFileName() + ".back.yuv")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the manifest of a file that holds this film in Matroska. */
  public static Path manifest(Path input, Path target) {
    try {
      return Manifests.write(
          Manifests.of(
              new Manifest.Input(
                  FileIdentity.of(input),
                  "matroska",
                  0,
                  "ffv1",
                  WIDTH,
                  HEIGHT,
                  Orientation.UPRIGHT,
                  Rational.UNKNOWN,
                  new Rational(1, 1000),
                  FRAMES),
              List.of(Label.FACE, Label.PLATE),
              tracks(),
              Decision.REDACT),
          target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
