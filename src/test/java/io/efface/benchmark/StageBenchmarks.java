package io.efface.benchmark;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.detect.OperatingPoint;
import io.efface.geometry.Box;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.manifest.Manifests;
import io.efface.media.FrameScaler;
import io.efface.media.FrameScaler.BgrPicture;
import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import io.efface.pipeline.RenderOptions;
import io.efface.redact.Redactor;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import io.efface.track.Moment;
import io.efface.track.SealedFrame;
import io.efface.track.Tracker;
import io.efface.track.TrackerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a stage costs apart from the others, in milliseconds a frame of 1080p. With the tests' class
 * path: {@code java -cp … org.openjdk.jmh.Main StageBenchmarks}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StageBenchmarks {
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;
  private static final int OBJECTS = 10;

  private final Random random = new Random(1);
  private final VideoFrame frame =
      VideoFrame.allocate(
          new PixelLayout(PixelLayout.ColourModel.YUV, 1, 1, 8, false), WIDTH, HEIGHT);
  private final FrameScaler scaler = new FrameScaler();
  private final BgrPicture input = BgrPicture.allocate(1280, 720);
  private final Redactor blurring = new Redactor(1, 1);
  private final List<Detection> faces = new ArrayList<>();
  private final List<Region> blurred = new ArrayList<>();
  private final List<Region> solid = new ArrayList<>();
  private final Manifest manifest = Manifests.small();
  private Tracker tracker = tracker();
  private long number;

  /** Fills the picture with noise and places ten faces of 120x150 pixels. */
  @Setup
  public void fill() {
    for (var plane : frame.planes()) {
      for (int i = 0; i < plane.data().limit(); i++) {
        plane.data().put(i, (byte) random.nextInt(256));
      }
    }
    for (int i = 0; i < OBJECTS; i++) {
      Box box = Box.ofSize(40 + 185 * i, 100 + 80 * i, 120, 150);
      faces.add(new Detection(Label.FACE, box, 0.9));
      blurred.add(planner(new Style.Blur()).plan(i + 1, Label.FACE, box));
      solid.add(planner(new Style.Solid(0, 0, 0)).plan(i + 1, Label.FACE, box));
    }
  }

  private static RegionPlanner planner(Style style) {
    return new RegionPlanner(
        RegionPlanner.DEFAULT_MARGIN, RenderOptions.everywhere(style), WIDTH, HEIGHT);
  }

  private static Tracker tracker() {
    return new Tracker(TrackerSettings.of(new OperatingPoint(0.5, 0.2)), WIDTH, WIDTH, HEIGHT);
  }

  /** The frame scaled into a detector's input of 1280 pixels. */
  @Benchmark
  public BgrPicture letterbox() {
    scaler.scale(frame, input);
    return input;
  }

  /** Ten faces filled from their surroundings. */
  @Benchmark
  public VideoFrame redactByBlur() {
    blurring.redact(frame, blurred);
    return frame;
  }

  /** Ten faces filled with one colour. */
  @Benchmark
  public VideoFrame redactBySolid() {
    blurring.redact(frame, solid);
    return frame;
  }

  /** Ten objects followed for one frame more. */
  @Benchmark
  public List<SealedFrame> track() {
    tracker.update(new Moment(number, number, number / 25.0, false, Optional.empty()), faces);
    number++;
    return tracker.drainSealed();
  }

  /** A small manifest written. */
  @Benchmark
  public int writeManifest() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestCodec.write(manifest, out);
    return out.size();
  }

  /** Gives native memory back. */
  @TearDown
  public void close() {
    scaler.close();
    blurring.close();
    tracker.finish();
  }
}
