package io.efface.benchmark;

import io.efface.isolation.Children;
import io.efface.isolation.Limits;
import io.efface.isolation.Sandbox;
import io.efface.isolation.View;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/**
 * What a batch of short clips in two child processes costs, against the same in one process divided
 * by what two processes gain on this machine: {@code BatchTiming CLIP COUNT}. The gain is measured
 * with FFmpeg's own transcode in the same run.
 */
public final class BatchTiming {
  private BatchTiming() {}

  /** Runs the comparison and prints it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path clip = Path.of(args[0]).toAbsolutePath();
    int count = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("efface-batch-timing");
    IntConsumer transcode = i -> transcode(clip, folder.resolve("ffmpeg" + i + ".mp4"));
    double ffmpegOne = seconds(count, 1, transcode);
    double ffmpegTwo = seconds(count, 2, transcode);
    RedactionPipeline here = new RedactionPipeline();
    double one =
        seconds(
            count,
            1,
            i -> here.redact(Jobs.redaction(clip, folder.resolve(i + ".mp4"), 320), Progress.NONE));
    Path out = folder.resolve("out");
    double two;
    try (Children children =
        new Children(Sandbox.best(), Limits.shared(2), to -> new View(List.of(clip), to), out)) {
      two =
          seconds(
              count,
              2,
              i ->
                  children.redact(
                      Jobs.redaction(clip, out.resolve(i + ".mp4"), 320), Progress.NONE));
    }
    double gain = ffmpegOne / ffmpegTwo;
    System.out.printf(
        Locale.ROOT,
        "%d clips: one process %.1f s, two children %.1f s, FFmpeg's gain %.2f, ratio %.2f%n",
        count,
        one,
        two,
        gain,
        two / (one / gain));
  }

  private static double seconds(int count, int threads, IntConsumer work)
      throws InterruptedException {
    BlockingQueue<Integer> waiting = new LinkedBlockingQueue<>();
    for (int i = 0; i < count; i++) {
      waiting.add(i);
    }
    long start = System.nanoTime();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (Integer n = waiting.poll(); n != null; n = waiting.poll()) {
                  work.accept(threads * 1_000_000 + n);
                }
              });
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void transcode(Path clip, Path to) {
    Tool.FFMPEG.runOrFail(
        List.of(
            "-v",
            "error",
            "-y",
            "-i",
            clip.toString(),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            to.toString()));
  }
}
