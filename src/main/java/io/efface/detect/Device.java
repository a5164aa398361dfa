package io.efface.detect;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a network runs on, by ONNX Runtime's execution providers. The runtime that comes with the
 * program has the processor only (that for macOS Core ML too); another build of it may have more.
 */
public enum Device {
  /**
   * The first of {@link #CUDA}, {@link #ROCM} and {@link #DIRECTML} on which the network loads,
   * else {@link #CPU}. The others are for who asks: Core ML and OpenVINO may compute with half of
   * the digits, which moves scores that thresholds were chosen for, and TensorRT prepares for
   * minutes.
   */
  AUTO(OrtProvider.CPU),
  /** The processor. */
  CPU(OrtProvider.CPU),
  /** Nvidia's cards. */
  CUDA(OrtProvider.CUDA),
  /** AMD's cards. */
  ROCM(OrtProvider.ROCM),
  /** Cards under Windows. */
  DIRECTML(OrtProvider.DIRECT_ML),
  /** Nvidia's cards, with a network that is prepared for the very card. */
  TENSORRT(OrtProvider.TENSOR_RT),
  /** Apple's chips. */
  COREML(OrtProvider.CORE_ML),
  /** Intel's chips. */
  OPENVINO(OrtProvider.OPEN_VINO);

  private final OrtProvider provider;

  Device(OrtProvider provider) {
    this.provider = provider;
  }

  /** The name on the command line and in reports. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The devices that this build of the runtime knows of, the processor first; not tried. */
  public static List<Device> built() {
    OnnxLibrary.prepare();
    Set<OrtProvider> providers = OrtEnvironment.getAvailableProviders();
    return Arrays.stream(values())
        .filter(device -> device != AUTO && providers.contains(device.provider))
        .toList();
  }

  /** Tells a session that is to be opened; the runtime takes the processor for what is left. */
  void addTo(OrtSession.SessionOptions options) throws OrtException {
    switch (this) {
      case AUTO, CPU -> {
        // The runtime's own choice.
      }
      case CUDA -> options.addCUDA(0);
      case ROCM -> options.addROCM(0);
      case DIRECTML -> {
        // It runs one node after another and lays out no memory ahead.
        options.setMemoryPatternOptimization(false);
        options.addDirectML(0);
      }
      case TENSORRT -> {
        options.addTensorrt(0);
        options.addCUDA(0);
      }
      case COREML -> options.addCoreML();
      case OPENVINO -> options.addOpenVINO("");
    }
  }
}
