package io.efface.doctor;

import io.efface.detect.DetectionException;
import io.efface.detect.DetectorOptions;
import io.efface.detect.Device;
import io.efface.detect.Label;
import io.efface.detect.ModelSource;
import io.efface.detect.OnnxDetector;
import io.efface.doctor.Symptom.State;
import io.efface.isolation.Limits;
import io.efface.isolation.Protection;
import io.efface.isolation.Sandbox;
import io.efface.isolation.View;
import io.efface.isolation.Workers;
import io.efface.manifest.Tool;
import io.efface.media.Natives;
import io.efface.media.VideoCodec;
import io.efface.models.KnownModel;
import io.efface.models.ModelStore;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import io.efface.pipeline.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks at what a redaction needs, and redacts a small film in the way that a batch would.
 *
 * @param models where models are found
 * @param workers do jobs in processes of their own
 * @param sandbox what keeps these from harm
 * @param folder where free space is looked for, such as that of outputs
 */
public record Doctor(ModelStore models, Workers.Factory workers, Sandbox sandbox, Path folder) {
  private static final int LEAST_JAVA = 17;
  private static final long MEBIBYTE = 1L << 20;
  private static final long LITTLE_BYTES = 1024 * MEBIBYTE;

  /** Looks at one thing. */
  @FunctionalInterface
  private interface Look {
    Symptom look() throws IOException;
  }

  /** Looks at everything, the most basic first; what cannot be looked at is a fault. */
  public List<Symptom> examine() {
    List<Symptom> symptoms = new ArrayList<>();
    symptoms.add(java());
    symptoms.add(tried("FFmpeg", () -> well("FFmpeg", Natives.version())));
    for (VideoCodec codec : VideoCodec.values()) {
      symptoms.add(tried(codec.id(), () -> codec(codec)));
    }
    symptoms.add(tried("hardware encoders", Doctor::encoders));
    symptoms.add(tried("detector devices", Doctor::devices));
    symptoms.addAll(shipped());
    symptoms.addAll(fetched());
    symptoms.add(tried("isolation", this::isolation));
    symptoms.add(tried("space", this::space));
    symptoms.add(tried("redaction", this::redaction));
    return List.copyOf(symptoms);
  }

  private static Symptom tried(String name, Look look) {
    try {
      return look.look();
    } catch (IOException | RuntimeException | LinkageError e) {
      return new Symptom(name, State.FAULT, "does not work: " + e.getMessage());
    }
  }

  private static Symptom well(String name, String detail) {
    return new Symptom(name, State.WELL, detail);
  }

  private static Symptom java() {
    int feature = Runtime.version().feature();
    String detail =
        Runtime.version()
            + " on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", Efface "
            + Tool.current().version();
    return feature >= LEAST_JAVA
        ? well("Java", detail)
        : new Symptom("Java", State.FAULT, detail + "; install Java 17 or later");
  }

  private static Symptom codec(VideoCodec codec) {
    Optional<String> encoder = Natives.encoder(codec);
    boolean decodes = Natives.decodes(codec);
    if (decodes && encoder.isPresent()) {
      return well(codec.id(), "is read, and written by " + encoder.get());
    }
    // Whatever an input holds is written as H.264 where nothing else is asked for and possible.
    State state = decodes && codec != VideoCodec.H264 ? State.NOTE : State.FAULT;
    return new Symptom(
        codec.id(),
        state,
        (decodes ? "is read" : "is not read")
            + ", and "
            + encoder.map(name -> "written by " + name).orElse("not written")
            + " by the libraries in this build");
  }

  private static Symptom encoders() {
    List<String> working = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Natives.hardwareEncoders()
        .forEach((encoder, why) -> (why.isEmpty() ? working : others).add(encoder.id()));
    return well(
        "hardware encoders",
        (working.isEmpty()
                ? "none works here, and none is needed"
                : String.join(", ", working) + " work here")
            + (others.isEmpty() ? "" : " (not " + String.join(", ", others) + ")"));
  }

  /** Whether the default network loads on what ONNX Runtime has. */
  private static Symptom devices() {
    List<String> found = new ArrayList<>();
    for (Device device : Device.built()) {
      DetectorOptions options =
          new DetectorOptions(DetectorOptions.DEFAULT_LONGEST_SIDE, 1, Set.of(Label.values()), 1)
              .on(device);
      try (OnnxDetector detector =
          OnnxDetector.open(ModelSource.of(ModelSource.DEFAULT), options)) {
        boolean works = detector.deviceUse().device() == device;
        found.add(works ? device.id() : detector.deviceUse().why().orElse(device.id()));
      }
    }
    return well("detector devices", String.join(", ", found));
  }

  /** The detectors that come with the program, and the network that is their second stage. */
  static List<Symptom> shipped() {
    List<Symptom> symptoms = new ArrayList<>();
    for (String name : ModelSource.bundled().stream().sorted().toList()) {
      symptoms.add(shipped(name, () -> ModelSource.of(name), ""));
    }
    String role = " (second stage of " + String.join(" and ", ModelSource.refined()) + ")";
    symptoms.add(shipped(ModelSource.REFINER, ModelSource::refiner, role));
    return symptoms;
  }

  private static Symptom shipped(String name, Supplier<ModelSource> source, String role) {
    try {
      return well("model " + name, "SHA-256 " + source.get().sha256() + role);
    } catch (DetectionException e) {
      return new Symptom("model " + name, State.FAULT, String.valueOf(e.getMessage()));
    }
  }

  /** What is to be said of the models that were fetched; the main job needs none of them. */
  List<Symptom> fetched() {
    return models.catalogue().models().stream()
        .flatMap(model -> fetched(model.name()).stream())
        .toList();
  }

  private Optional<Symptom> fetched(String name) {
    String title = "model " + name;
    try {
      KnownModel model = models.identify(name);
      return switch (model.state()) {
        case FETCHED -> Optional.of(well(title, "SHA-256 " + model.sha256()));
        case DAMAGED ->
            Optional.of(
                new Symptom(
                    title,
                    State.NOTE,
                    "is not what was published; fetch it again with 'efface models fetch'"));
        default -> Optional.empty();
      };
    } catch (DetectionException e) {
      return Optional.of(new Symptom(title, State.NOTE, String.valueOf(e.getMessage())));
    }
  }

  private Symptom isolation() {
    Protection protection = Protection.tried(sandbox);
    String detail =
        sandbox.words()
            + " (tried: the network is "
            + (protection.network() ? "out of reach" : "IN REACH")
            + ", other files are "
            + (protection.files() ? "out of reach" : "IN REACH")
            + ")";
    return new Symptom("isolation", protection.full() ? State.WELL : State.NOTE, detail);
  }

  private Symptom space() throws IOException {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    long free = Files.getFileStore(existing).getUsableSpace();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long scratch = Files.getFileStore(temporary).getUsableSpace();
    boolean little = Math.min(free, scratch) < LITTLE_BYTES;
    return new Symptom(
        "space",
        little ? State.NOTE : State.WELL,
        free / MEBIBYTE
            + " MiB free in "
            + existing
            + ", "
            + scratch / MEBIBYTE
            + " MiB in "
            + temporary
            + (little ? "; that is little for films" : ""));
  }

  /** Does the main job on a small film, in a child process. */
  private Symptom redaction() throws IOException {
    try (Staging place = Staging.temporary()) {
      Path input = place.folder().resolve("in.mjpeg");
      Path outputs = place.folder().resolve("out");
      Path output = outputs.resolve("out.mp4");
      TrialFilm.write(input);
      try (Workers open =
          workers.open(Limits.shared(1), writable -> new View(List.of(input), writable), outputs)) {
        Outcome.Redacted outcome =
            open.redact(
                new RedactionJob(
                    input,
                    output,
                    DetectionOptions.defaults(),
                    RenderOptions.defaults(),
                    false,
                    Optional.of(ReportRequest.beside(output))),
                Progress.NONE);
        return well(
            "redaction",
            "a film of " + outcome.frames() + " frames was redacted, audited and reported on");
      }
    }
  }
}
