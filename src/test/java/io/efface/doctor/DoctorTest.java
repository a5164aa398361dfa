package io.efface.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.ModelSource;
import io.efface.isolation.Sandbox;
import io.efface.models.Catalogue;
import io.efface.models.CatalogueModel;
import io.efface.models.ModelStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;

  @Test
  void aFetchedModelThatCannotBeReadIsOneSymptomAmongOthers() throws IOException {
    ModelStore store = new ModelStore(folder, Catalogue.published());
    CatalogueModel unreadable = store.catalogue().models().get(0);
    CatalogueModel damaged = store.catalogue().models().get(1);
    // More than any detector has, but nothing on the disk.
    try (RandomAccessFile file = new RandomAccessFile(store.file(unreadable).toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    Files.writeString(store.file(damaged), "half");
    Doctor doctor =
        new Doctor(
            store,
            (limits, view, outputs) -> {
              throw new IllegalStateException("no job is to be done");
            },
            new Sandbox.None(),
            folder);
    assertThat(doctor.fetched())
        .extracting(Symptom::name)
        .containsExactly("model " + unreadable.name(), "model " + damaged.name());
    assertThat(doctor.fetched()).allMatch(symptom -> symptom.state() == Symptom.State.NOTE);
    assertThat(doctor.fetched().get(0).detail()).contains("512 MiB");
  }

  @Test
  void theRefinerIsOneOfTheModelsThatAreLookedAt() {
    assertThat(Doctor.shipped())
        .extracting(Symptom::name)
        .containsExactly("model efface-n", "model efface-s", "model efface-refiner");
    assertThat(Doctor.shipped()).allMatch(symptom -> symptom.state() == Symptom.State.WELL);
    assertThat(Doctor.shipped().get(2).detail())
        .isEqualTo(
            "SHA-256 " + ModelSource.refinerSha256() + " (second stage of efface-n and efface-s)");
  }
}
