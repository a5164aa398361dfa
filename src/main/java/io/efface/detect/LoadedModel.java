package io.efface.detect;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/**
 * A model in ONNX Runtime, which can go over to another number of threads. Single-threaded; whoever
 * opens it closes it.
 */
final class LoadedModel implements AutoCloseable {
  private final String name;
  private final byte[] content;
  private final OrtEnvironment environment;
  private final DeviceUse use;
  private OrtSession session;
  private int threads;
  private int wanted;
  private Runnable everyRun = () -> {};

  private LoadedModel(
      String name,
      byte[] content,
      OrtEnvironment environment,
      DeviceSelection.Opened<OrtSession> opened,
      int threads) {
    this.name = name;
    this.content = content;
    this.environment = environment;
    this.use = opened.use();
    this.session = opened.session();
    this.threads = threads;
    this.wanted = threads;
  }

  /**
   * Loads a model.
   *
   * @param name what to call it in messages
   * @param content the ONNX file, kept, not changed
   * @param threads how many threads a run may use, from 1
   * @param device what it is to run on; the processor takes its place where it cannot
   * @throws DetectionException if it is not an ONNX model or the runtime cannot run it
   */
  static LoadedModel open(String name, byte[] content, int threads, Device device) {
    OnnxLibrary.prepare();
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    try {
      environment.setTelemetry(false);
      DeviceSelection.Opened<OrtSession> opened =
          DeviceSelection.open(
              device, Device.built(), on -> session(environment, content, threads, on));
      return new LoadedModel(name, content, environment, opened, threads);
    } catch (OrtException e) {
      throw new DetectionException(
          "model '"
              + name
              + "' cannot be loaded: "
              + ModelSession.oneLine(e)
              + "; give an ONNX file that is whole",
          e);
    }
  }

  private static OrtSession session(
      OrtEnvironment environment, byte[] content, int threads, Device device) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Waiting threads must not spin: the decoder and the encoder want the same cores.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      device.addTo(options);
      return environment.createSession(content, options);
    }
  }

  OrtEnvironment environment() {
    return environment;
  }

  /** What it runs on. */
  DeviceUse use() {
    return use;
  }

  /** From the next {@link #session} on, uses at most so many threads of the processor. */
  void useThreads(int most) {
    wanted = Math.min(threads, most);
  }

  /** Has something called before each run from now on, which may throw to prevent it. */
  void everyRun(Runnable everyRun) {
    this.everyRun = everyRun;
  }

  /** Calls what is to be called before a run. */
  void announceRun() {
    everyRun.run();
  }

  /** The runtime's session; not to be kept. */
  OrtSession session() throws OrtException {
    // The runtime fixes a session's threads when it makes it.
    if (wanted != threads && use.device() == Device.CPU) {
      OrtSession other = session(environment, content, wanted, Device.CPU);
      session.close();
      session = other;
      threads = wanted;
    }
    return session;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** What the runtime's failure is to those who use the model. */
  DetectionException failed(OrtException e) {
    return new DetectionException("model '" + name + "' failed: " + ModelSession.oneLine(e), e);
  }
}
