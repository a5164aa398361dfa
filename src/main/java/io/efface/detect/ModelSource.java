package io.efface.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model file's content and name.
 *
 * @param name what to call it in messages and manifests: the file's name without {@code .onnx}
 * @param sha256 of the content, lower-case hexadecimal
 * @param content the ONNX file; shared, not to be changed
 * @param finds what everything that the model finds is, where the user says so; empty if the model
 *     itself tells
 */
@SuppressWarnings("ArrayRecordComponent") // Read once and compared by hash; never used as a key.
public record ModelSource(String name, String sha256, byte[] content, Optional<Label> finds) {

  /** The model that is used where no other is asked for. */
  public static final String DEFAULT = "efface-n";

  /** See {@link Refiner}. */
  public static final String REFINER = "efface-refiner";

  /** The project's detectors: each is the other's companion. */
  private static final List<String> OWN = List.of(DEFAULT, "efface-s");

  /** Names of the detectors that the refiner is the second stage of. */
  public static List<String> refined() {
    return OWN;
  }

  /** Side of the refiner's input in pixels. */
  public static final int REFINER_SIDE = Refiner.SIDE;

  /** Far above any detector that runs on a CPU; keeps a wrong file from filling the memory. */
  private static final long MOST_BYTES = 512L << 20;

  /** A model that tells itself what it finds. */
  public ModelSource(String name, String sha256, byte[] content) {
    this(name, sha256, content, Optional.empty());
  }

  /** The same model, of which everything that it finds is of the given class. */
  public ModelSource finding(Label label) {
    return new ModelSource(name, sha256, content, Optional.of(label));
  }

  /** Names of the models that come with the program; the refiner is none to be asked for. */
  public static List<String> bundled() {
    return BundledModels.HASHES.keySet().stream().filter(name -> !name.equals(REFINER)).toList();
  }

  /**
   * The network that takes a second opinion on what a detector finds.
   *
   * @throws DetectionException if this build's file is damaged
   */
  public static ModelSource refiner() {
    return ofBundled(REFINER);
  }

  /**
   * The network that looks beside this one where more is to be found at any cost: another of the
   * project's, which errs elsewhere.
   *
   * @return empty for all but the project's own
   * @throws DetectionException if this build's file is damaged
   */
  public Optional<ModelSource> companion() {
    return OWN.contains(name) && sha256.equals(BundledModels.HASHES.get(name))
        ? OWN.stream().filter(other -> !other.equals(name)).findFirst().map(ModelSource::ofBundled)
        : Optional.empty();
  }

  /** SHA-256 of the refiner, without reading it. */
  public static String refinerSha256() {
    return Objects.requireNonNull(BundledModels.HASHES.get(REFINER), "every build has a refiner");
  }

  /**
   * The model with a bundled name, or else the one in a file.
   *
   * @param nameOrFile as given by the user; {@code :face} or {@code :plate} behind a file's name
   *     says what everything that it finds is
   * @throws DetectionException if there is neither, or the file cannot be read
   */
  public static ModelSource of(String nameOrFile) {
    if (bundled().contains(nameOrFile)) {
      return ofBundled(nameOrFile);
    }
    if (nameOrFile.equals(REFINER)) {
      throw new DetectionException(
          "model '"
              + REFINER
              + "' finds nothing by itself: it is the second stage of "
              + String.join(" and ", OWN)
              + "; use --model "
              + DEFAULT);
    }
    String file = file(nameOrFile).toString();
    if (!file.equals(nameOrFile) && bundled().contains(file) && !Files.exists(Path.of(file))) {
      String said = nameOrFile.substring(file.length());
      throw new DetectionException(
          "model '"
              + nameOrFile
              + "': "
              + said
              + " goes with files only; use --classes "
              + said.substring(1));
    }
    ModelSource source = ofFile(Path.of(file));
    for (Label label : Label.values()) {
      if (nameOrFile.endsWith(suffix(label))) {
        return source.finding(label);
      }
    }
    return source;
  }

  /** The file that a user means, without what is said of it behind its name. */
  public static Path file(String nameOrFile) {
    for (Label label : Label.values()) {
      if (nameOrFile.endsWith(suffix(label))) {
        return Path.of(nameOrFile.substring(0, nameOrFile.length() - suffix(label).length()));
      }
    }
    return Path.of(nameOrFile);
  }

  private static String suffix(Label label) {
    return ":" + label.id();
  }

  /**
   * Reads a model from a file.
   *
   * @throws DetectionException if it does not exist or cannot be read
   */
  public static ModelSource ofFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DetectionException(
          "model '" + file + "' not found: give an ONNX file or a name of 'efface models list'");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new DetectionException(
            "model '" + file + "' is larger than 512 MiB: not a detector that Efface can run");
      }
      return of(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    } catch (AccessDeniedException e) {
      throw new DetectionException("model '" + file + "' cannot be read: check its permissions", e);
    } catch (IOException e) {
      throw new DetectionException("model '" + file + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static ModelSource ofBundled(String name) {
    String resource = "/models/" + name + ".onnx";
    try (InputStream in = ModelSource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new DetectionException("this build lacks its model '" + name + "': build it again");
      }
      ModelSource source = of(name, in.readAllBytes());
      if (!source.sha256().equals(BundledModels.HASHES.get(name))) {
        throw new DetectionException(
            "this build's model '" + name + "' is damaged: build or download Efface again");
      }
      return source;
    } catch (IOException e) {
      throw new DetectionException("model '" + name + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static ModelSource of(String fileName, byte[] content) {
    String name =
        fileName.endsWith(".onnx") ? fileName.substring(0, fileName.length() - 5) : fileName;
    return new ModelSource(name, Sha256.of(content), content);
  }

  @Override
  public String toString() {
    return name + " (SHA-256 " + sha256 + ")";
  }
}
