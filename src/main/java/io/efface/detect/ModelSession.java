package io.efface.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A model loaded into ONNX Runtime with the tensors it reads and writes. The tensors lie in buffers
 * that are kept from frame to frame, so that a run allocates nothing outside the runtime's own
 * arena. Single-threaded; whoever opens it closes it.
 */
final class ModelSession implements AutoCloseable {
  /** Bytes a float. */
  private static final int FLOAT = 4;

  private final String name;
  private final LoadedModel model;
  private final boolean closesModel;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final Map<String, FloatBuffer> outputBuffers = new LinkedHashMap<>();

  /** Outputs whose size only a run tells: the runtime allocates them. */
  private final Set<String> open = new LinkedHashSet<>();

  private ByteBuffer memory = ByteBuffer.allocateDirect(0);
  private FloatBuffer input = FloatBuffer.allocate(0);

  private ModelSession(String name, LoadedModel model, boolean closesModel) {
    this.name = name;
    this.model = model;
    this.closesModel = closesModel;
  }

  /**
   * Loads a model.
   *
   * @param name what to call it in messages
   * @param content the ONNX file, not changed
   * @param threads how many threads a run may use, from 1
   * @param device what it is to run on; the processor takes its place where it cannot
   * @throws DetectionException if it is not an ONNX model or the runtime cannot run it
   */
  static ModelSession open(String name, byte[] content, int threads, Device device) {
    LoadedModel model = LoadedModel.open(name, content, threads, device);
    return new ModelSession(name, model, /* closesModel= */ true);
  }

  /**
   * The same loaded model with tensors of its own, for inputs of another size: loading it again
   * would cost time and memory. Of the same thread; not used once this one is closed.
   */
  ModelSession sharing() {
    return new ModelSession(name, model, /* closesModel= */ false);
  }

  /** What it runs on. */
  DeviceUse use() {
    return model.use();
  }

  /**
   * From the next run on, of this and of all that share the model, uses at most so many threads.
   */
  void useThreads(int most) {
    model.useThreads(most);
  }

  /** Has something called before each run of this and of all that share the model. */
  void everyRun(Runnable everyRun) {
    model.everyRun(everyRun);
  }

  /** Shapes of the model's inputs by name; −1 for a dimension that is free. */
  Map<String, long[]> inputShapes() {
    try {
      return shapes(model.session().getInputInfo());
    } catch (OrtException e) {
      throw model.failed(e);
    }
  }

  /** Shapes of the model's outputs by name, in the model's order; −1 for a free dimension. */
  Map<String, long[]> outputShapes() {
    try {
      return shapes(model.session().getOutputInfo());
    } catch (OrtException e) {
      throw model.failed(e);
    }
  }

  /** What the model's file says about itself in its own fields. */
  Map<String, String> metadata() {
    try {
      return model.session().getMetadata().getCustomMetadata();
    } catch (OrtException e) {
      throw model.failed(e);
    }
  }

  /**
   * Makes the tensors for one input size. Buffers from {@link #input} and {@link #outputs} of an
   * earlier size must not be used afterwards.
   *
   * @param inputName the input's name
   * @param inputShape NCHW
   * @param outputShapes outputs to ask for, with their shapes; one with a negative dimension is
   *     only known after a run, and read anew after each
   */
  void bind(String inputName, long[] inputShape, Map<String, long[]> outputShapes) {
    releaseTensors();
    Map<String, long[]> known = new LinkedHashMap<>();
    int needed = bytes(inputShape);
    for (Map.Entry<String, long[]> output : outputShapes.entrySet()) {
      if (LongStream.of(output.getValue()).anyMatch(side -> side < 0)) {
        open.add(output.getKey());
      } else {
        known.put(output.getKey(), output.getValue());
        needed = Math.addExact(needed, bytes(output.getValue()));
      }
    }
    if (memory.capacity() < needed) {
      memory = ByteBuffer.allocateDirect(needed + 64).alignedSlice(64);
    }
    try {
      int at = 0;
      input = floats(at, inputShape);
      inputs.put(inputName, OnnxTensor.createTensor(model.environment(), input, inputShape));
      at += bytes(inputShape);
      for (Map.Entry<String, long[]> output : known.entrySet()) {
        FloatBuffer buffer = floats(at, output.getValue());
        at += bytes(output.getValue());
        outputBuffers.put(output.getKey(), buffer);
        outputs.put(
            output.getKey(),
            OnnxTensor.createTensor(model.environment(), buffer, output.getValue()));
      }
    } catch (OrtException e) {
      releaseTensors();
      throw model.failed(e);
    }
  }

  /** The bound input's memory; write it, then {@link #run}. */
  ByteBuffer input() {
    return memory.slice(0, input.capacity() * FLOAT).order(ByteOrder.nativeOrder());
  }

  /** The bound outputs' memory by name, filled by {@link #run}. */
  Map<String, FloatBuffer> outputs() {
    return outputBuffers;
  }

  /**
   * Runs the model from the bound input to the bound outputs.
   *
   * @throws DetectionException if the runtime fails
   */
  void run() {
    model.announceRun();
    try (OrtSession.Result result = model.session().run(inputs, open, outputs)) {
      if (result.size() != open.size() + outputs.size()) {
        throw new DetectionException("model '" + name + "' gave " + result.size() + " outputs");
      }
      for (String output : open) {
        outputBuffers.put(output, copy(result, output));
      }
    } catch (OrtException e) {
      throw model.failed(e);
    }
  }

  private FloatBuffer copy(OrtSession.Result result, String output) {
    FloatBuffer copied = null;
    if (result.get(output).orElse(null) instanceof OnnxTensor tensor) {
      copied = tensor.getFloatBuffer();
    }
    if (copied == null) {
      throw new DetectionException(
          "model '" + name + "': its output " + output + " holds no 32-bit floats");
    }
    return copied;
  }

  @Override
  public void close() {
    releaseTensors();
    if (closesModel) {
      model.close();
    }
  }

  private void releaseTensors() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    inputs.clear();
    outputs.clear();
    outputBuffers.clear();
    open.clear();
  }

  private FloatBuffer floats(int at, long[] shape) {
    return memory.slice(at, size(shape) * FLOAT).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static int size(long[] shape) {
    long size = 1;
    for (long side : shape) {
      size = Math.multiplyExact(size, side);
    }
    return Math.toIntExact(size);
  }

  /** Bytes of a tensor, rounded up so that the next one starts on 64 bytes. */
  private static int bytes(long[] shape) {
    return (Math.multiplyExact(size(shape), FLOAT) + 63) & ~63;
  }

  private static Map<String, long[]> shapes(Map<String, NodeInfo> nodes) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    nodes.forEach(
        (node, info) -> {
          boolean tensor = info.getInfo() instanceof TensorInfo;
          shapes.put(node, tensor ? ((TensorInfo) info.getInfo()).getShape() : new long[0]);
        });
    return shapes;
  }

  /** The runtime's own words, without what stands below them. */
  static String oneLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason").strip();
  }
}
