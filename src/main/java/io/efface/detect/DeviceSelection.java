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
    List<Device> wanted = asked == Device.AUTO ? TRIED : List.of(asked);
    List<String> refusals = new ArrayList<>();
    for (Device device : wanted) {
      if (device == Device.CPU) {
        break;
      }
      if (!built.contains(device)) {
        if (asked != Device.AUTO) {
          refusals.add("this build of ONNX Runtime has no " + device.id());
        }
        continue;
      }
      try {
        return new Opened<>(
            opener.open(device),
            new DeviceUse(
                device,
                asked == Device.AUTO ? Optional.of("it works on this machine") : Optional.empty(),
                asked == Device.AUTO));
      } catch (OrtException e) {
        refusals.add(device.id() + " does not work here: " + ModelSession.oneLine(e));
      }
    }
    Optional<String> why =
        refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", refusals));
    boolean unasked = asked != Device.AUTO && why.isPresent();
    return new Opened<>(opener.open(Device.CPU), new DeviceUse(Device.CPU, why, unasked));
  }
}
