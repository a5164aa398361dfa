package io.efface.detect;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens a session on the device that is asked for, or on the processor. */
final class DeviceSelection {
  private static final List<Device> TRIED = List.of(Device.CUDA, Device.ROCM, Device.DIRECTML);

  private DeviceSelection() {}

  /** Opens a session on one device. */
  @FunctionalInterface
  interface Opener<S> {
    S open(Device device) throws OrtException;
  }

  /**
   * A session and where it runs.
   *
   * @param session the caller's
   * @param use what is said about it
   */
  record Opened<S>(S session, DeviceUse use) {}

  /**
   * Opens a session.
   *
   * @param asked the device that is asked for
   * @param built those that the runtime knows of
   * @throws OrtException if it does not open on the processor either
   */
  static <S> Opened<S> open(Device asked, List<Device> built, Opener<S> opener)
      throws OrtException {
    boolean auto = asked == Device.AUTO;
    List<Device> wanted = new ArrayList<>(auto ? TRIED : List.of(asked));
    wanted.retainAll(built);
    wanted.remove(Device.CPU);
    List<String> refusals = new ArrayList<>();
    List<String> recorded = new ArrayList<>();
    if (!auto && !built.contains(asked)) {
      refusals.add("this build of ONNX Runtime has no " + asked.id());
      recorded.addAll(refusals);
    }
    for (Device device : wanted) {
      try {
        S session = opener.open(device);
        Optional<String> why = auto ? Optional.of("it works on this machine") : Optional.empty();
        return new Opened<>(session, new DeviceUse(device, why, auto));
      } catch (OrtException e) {
        refusals.add(device.id() + " does not work here: " + ModelSession.oneLine(e));
        recorded.add(device.id() + " does not work here");
      }
    }
    boolean unasked = !auto && !refusals.isEmpty();
    return new Opened<>(
        opener.open(Device.CPU),
        new DeviceUse(Device.CPU, joined(refusals), joined(recorded), unasked));
  }

  private static Optional<String> joined(List<String> reasons) {
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }
}
