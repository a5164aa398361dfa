package io.efface.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Times models against the first of them, in turns, on one thread, and prints each one's median and
 * its ratio. No test: absolute times wander, the ratio of one run is what counts. A refiner gets a
 * batch of 32 patches instead of a picture.
 *
 * <p>usage: {@code java -cp target/efface.jar:target/test-classes io.efface.benchmark.ModelTiming
 * WIDTHxHEIGHT ROUNDS MODEL.onnx...}
 */
public final class ModelTiming {
  private static final int WARM_UP_ROUNDS = 2;
  private static final long[] PATCHES = {32, 3, 64, 64};

  private ModelTiming() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws OrtException {
    String[] size = args[0].split("x", 2);
    long[] shape = {1, 3, Long.parseLong(size[1]), Long.parseLong(size[0])};
    int rounds = Integer.parseInt(args[1]);
    List<String> models = Arrays.asList(args).subList(2, args.length);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    List<OrtSession> sessions = new ArrayList<>();
    double[][] milliseconds = new double[models.size()][rounds];
    try (OnnxTensor image = OnnxTensor.createTensor(environment, pixels(shape), shape);
        OnnxTensor patches = OnnxTensor.createTensor(environment, pixels(PATCHES), PATCHES);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      for (String model : models) {
        sessions.add(environment.createSession(model, options));
      }
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        for (int i = 0; i < sessions.size(); i++) {
          double took = run(sessions.get(i), image, patches);
          if (round >= 0) {
            milliseconds[i][round] = took;
          }
        }
      }
    } finally {
      for (OrtSession session : sessions) {
        session.close();
      }
    }
    double first = median(milliseconds[0]);
    for (int i = 0; i < models.size(); i++) {
      double median = median(milliseconds[i]);
      System.out.printf(
          Locale.ROOT,
          "%-40s %7.2f ms, ratio %.3f%n",
          models.get(i).substring(models.get(i).lastIndexOf('/') + 1),
          median,
          median / first);
    }
  }

  private static double run(OrtSession session, OnnxTensor image, OnnxTensor patches)
      throws OrtException {
    String input = session.getInputNames().iterator().next();
    Map<String, OnnxTensor> inputs = Map.of(input, input.equals("patch") ? patches : image);
    long began = System.nanoTime();
    session.run(inputs).close();
    return (System.nanoTime() - began) / 1e6;
  }

  private static FloatBuffer pixels(long[] shape) {
    int count = (int) (shape[0] * shape[1] * shape[2] * shape[3]);
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(count * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      pixels.put(i, random.nextInt(256));
    }
    return pixels;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
