package io.efface.attack;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Reads a line of text by PP-OCRv4's recognition network (arXiv 2206.03001 and its successors).
 * Input NCHW float32 [1,3,48,w], BGR, (v − 127.5) / 127.5; output, for each of some steps along the
 * line, the probability of no sign (0), of each sign of its list, and of a space. Single-threaded;
 * whoever opens it closes it.
 */
final class PlateReader implements AutoCloseable {
  private static final int HEIGHT_PX = 48;
  private static final int MIN_WIDTH_PX = 48;

  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  private final OrtSession session;
  private final String input;
  private final List<String> signs = new ArrayList<>();

  /**
   * What was read.
   *
   * @param text letters and digits alone, in capitals
   * @param confidence the mean probability of its signs; 0 where there are none
   */
  record Line(String text, double confidence) {}

  /** Loads the network from the class path. */
  PlateReader() throws OrtException, IOException {
    signs.add("");
    signs.addAll(
        new String(resource("ppocr_keys_v1.txt"), StandardCharsets.UTF_8).lines().toList());
    signs.add(" ");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setIntraOpNumThreads(2);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = environment.createSession(resource("ch_PP-OCRv4_rec_infer.onnx"), options);
    }
    input = session.getInputNames().iterator().next();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PlateReader.class.getResourceAsStream("/models/" + name)) {
      if (in == null) {
        throw new IOException("/models/" + name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  /**
   * Reads a line.
   *
   * @param bgr the line, 8-bit BGR, filling the picture
   */
  Line read(Mat bgr) throws OrtException {
    int width = Math.max(MIN_WIDTH_PX, Math.round((float) HEIGHT_PX * bgr.cols() / bgr.rows()));
    Mat line = new Mat();
    Imgproc.resize(bgr, line, new Size(width, HEIGHT_PX), 0, 0, Imgproc.INTER_LINEAR);
    int plane = width * HEIGHT_PX;
    byte[] pixels = new byte[3 * plane];
    line.get(0, 0, pixels);
    float[] values = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        values[c * plane + i] = ((pixels[3 * i + c] & 0xff) - 127.5f) / 127.5f;
      }
    }
    long[] shape = {1, 3, HEIGHT_PX, width};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      return decode(((float[][][]) result.get(0).getValue())[0]);
    }
  }

  /** The likeliest sign of each step, repeats taken for one (greedy CTC). */
  private Line decode(float[][] steps) {
    StringBuilder text = new StringBuilder();
    double sum = 0;
    int count = 0;
    int before = 0;
    for (float[] step : steps) {
      int best = 0;
      for (int i = 1; i < step.length; i++) {
        best = step[i] > step[best] ? i : best;
      }
      if (best != 0 && best != before) {
        text.append(signs.get(best));
        sum += step[best];
        count++;
      }
      before = best;
    }
    String plain = text.toString().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return new Line(plain, count == 0 ? 0 : sum / count);
  }

  /** How many signs in a row two texts have in common at most. */
  static int inCommon(String a, String b) {
    int longest = 0;
    for (int i = 0; i < a.length(); i++) {
      for (int j = 0; j < b.length(); j++) {
        int run = 0;
        while (i + run < a.length()
            && j + run < b.length()
            && a.charAt(i + run) == b.charAt(j + run)) {
          run++;
        }
        longest = Math.max(longest, run);
      }
    }
    return longest;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
