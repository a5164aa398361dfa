package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DeviceSelectionTest {
  private static final List<Device> ALL = Arrays.asList(Device.values());

  private final List<Device> tried = new ArrayList<>();
  private Set<Device> working = EnumSet.of(Device.CPU);

  @Test
  void autoIsTheProcessorWhereThereIsNothingElse() throws OrtException {
    assertThat(open(Device.AUTO, List.of(Device.CPU)))
        .isEqualTo(new DeviceUse(Device.CPU, Optional.empty(), false));
    assertThat(tried).containsExactly(Device.CPU);
  }

  @Test
  void autoTakesTheFirstCardThatWorksAndSaysSo() throws OrtException {
    working = EnumSet.of(Device.CPU, Device.DIRECTML, Device.COREML, Device.TENSORRT);
    assertThat(open(Device.AUTO, ALL))
        .isEqualTo(new DeviceUse(Device.DIRECTML, Optional.of("it works on this machine"), true));
    assertThat(tried).containsExactly(Device.CUDA, Device.ROCM, Device.DIRECTML);
  }

  @Test
  void autoLeavesWhatMayComputeWithFewerDigits() throws OrtException {
    working = EnumSet.of(Device.CPU, Device.COREML, Device.OPENVINO, Device.TENSORRT);
    DeviceUse use = open(Device.AUTO, ALL);
    assertThat(use.device()).isEqualTo(Device.CPU);
    assertThat(use.unasked()).isFalse();
    assertThat(use.why().orElseThrow()).contains("cuda does not work here: broken");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
  void aDeviceThatWorksIsTaken(Device device) throws OrtException {
    working = EnumSet.of(device);
    assertThat(open(device, ALL)).isEqualTo(new DeviceUse(device, Optional.empty(), false));
    assertThat(tried).containsExactly(device);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"AUTO", "CPU"})
  void aDeviceThatIsMissingOrBrokenGivesWayWithALine(Device device) throws OrtException {
    assertThat(open(device, List.of(Device.CPU)))
        .isEqualTo(
            new DeviceUse(
                Device.CPU, Optional.of("this build of ONNX Runtime has no " + device.id()), true));
    assertThat(tried).containsExactly(Device.CPU);
    assertThat(open(device, ALL))
        .isEqualTo(
            new DeviceUse(
                Device.CPU,
                Optional.of(device.id() + " does not work here: broken"),
                Optional.of(device.id() + " does not work here"),
                true));
  }

  @Test
  void aNetworkThatLoadsNowhereIsAFailure() {
    working = EnumSet.noneOf(Device.class);
    assertThatThrownBy(() -> open(Device.CUDA, ALL)).isInstanceOf(OrtException.class);
  }

  @Test
  void theRuntimeHasTheProcessor() {
    assertThat(Device.built()).startsWith(Device.CPU).doesNotContain(Device.AUTO);
  }

  private DeviceUse open(Device asked, List<Device> built) throws OrtException {
    return DeviceSelection.open(asked, built, this::session).use();
  }

  private String session(Device device) throws OrtException {
    tried.add(device);
    if (!working.contains(device)) {
      throw new OrtException("broken\nand more");
    }
    return "session";
  }
}
