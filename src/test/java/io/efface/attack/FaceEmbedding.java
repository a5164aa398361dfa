package io.efface.attack;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.efface.testing.RealFootage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * A face recognition network: pictures of the same face lie near to each other in its output. Input
 * NCHW float32 [1,3,112,112], RGB, (v − 127.5) / 127.5; output 512 numbers. Single-threaded;
 * whoever opens it closes it.
 */
final class FaceEmbedding implements AutoCloseable {
  /** Side of the network's input, in pixels. */
  static final int SIDE_PX = 112;

  private static final int PLANE = SIDE_PX * SIDE_PX;

  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  private final OrtSession session;
  private final byte[] pixels = new byte[3 * PLANE];
  private final float[] values = new float[3 * PLANE];

  /** Loads the network that lies beside the real footage. */
  FaceEmbedding() throws OrtException {
    Path models = RealFootage.path("../models");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(2);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session =
          environment.createSession(models.resolve("face_embedding_512.onnx").toString(), options);
    }
  }

  /**
   * Where a face lies among all faces.
   *
   * @param bgr the face, 8-bit BGR of any size, seen as the network's square
   * @return 512 numbers of length 1
   */
  float[] of(Mat bgr) throws OrtException {
    Mat input = new Mat();
    Imgproc.resize(bgr, input, new Size(SIDE_PX, SIDE_PX), 0, 0, Imgproc.INTER_LINEAR);
    input.get(0, 0, pixels);
    input.release();
    for (int i = 0; i < PLANE; i++) {
      for (int c = 0; c < 3; c++) {
        values[(2 - c) * PLANE + i] = ((pixels[3 * i + c] & 0xff) - 127.5f) / 127.5f;
      }
    }
    long[] shape = {1, 3, SIDE_PX, SIDE_PX};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      return Matching.unit(((float[][]) result.get(0).getValue())[0]);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
