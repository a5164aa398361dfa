package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.junit.jupiter.api.Test;

class LoadedModelTest {
  @Test
  void goesOverToFewerThreadsOnce() throws OrtException {
    ModelSource source = ModelSource.refiner();
    try (LoadedModel model = LoadedModel.open(source.name(), source.content(), 2, Device.CPU)) {
      OrtSession two = model.session();
      assertThat(model.session()).isSameAs(two);
      model.useThreads(1);
      OrtSession one = model.session();
      assertThat(one).isNotSameAs(two);
      assertThat(one.getInputInfo()).hasSize(1);
      assertThat(model.session()).isSameAs(one);
    }
  }

  @Test
  void neverUsesMoreThanItWasGiven() throws OrtException {
    ModelSource source = ModelSource.refiner();
    try (LoadedModel model = LoadedModel.open(source.name(), source.content(), 1, Device.CPU)) {
      OrtSession one = model.session();
      model.useThreads(4);
      assertThat(model.session()).isSameAs(one);
    }
  }
}
