package io.efface.models;

import io.efface.detect.DetectionException;
import io.efface.detect.ModelSource;
import io.efface.detect.OnnxDetector;
import io.efface.models.KnownModel.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Finds models by name: those that come with the program, those that were fetched into a folder,
 * and files. Goes to the network to {@link #fetch}, and else never.
 *
 * @param folder where fetched models lie; need not exist
 * @param catalogue the models that may lie there
 */
public record ModelStore(Path folder, Catalogue catalogue) {

  /** The variable of the environment that names another folder for fetched models. */
  public static final String VARIABLE = UserFolder.VARIABLE;

  /** The user's own fetched models. */
  public static ModelStore ofUser() {
    Path home = Path.of(System.getProperty("user.home", ""));
    return new ModelStore(
        UserFolder.of(System.getenv(), System.getProperty("os.name", ""), home),
        Catalogue.published());
  }

  /**
   * The model that a user asks for: a shipped one, else a fetched one, else a file. What a
   * published file finds is known, whatever the file is called.
   *
   * @param nameOrFile as given; see {@link ModelSource#of}
   * @throws DetectionException if there is none, it was not fetched yet, cannot be read, or is not
   *     the file that was published
   */
  public ModelSource source(String nameOrFile) {
    Optional<CatalogueModel> published = published(nameOrFile);
    if (published.isPresent()) {
      return fetched(published.get());
    }
    ModelSource source = named(nameOrFile);
    Optional<CatalogueModel> same = catalogue.ofHash(source.sha256());
    return source.finds().isEmpty() && same.isPresent()
        ? source.finding(same.get().finds())
        : source;
  }

  /** Where a model of the catalogue lies once fetched. */
  public Path file(CatalogueModel model) {
    return folder.resolve(model.name() + ".onnx");
  }

  /**
   * Fetches a model into the folder. Where an earlier try broke off, it goes on; what is whole but
   * not what was published is deleted.
   *
   * @param received told now and then how many bytes are there
   * @return where it lies
   * @throws FetchException if that fails
   * @throws java.util.concurrent.CancellationException if the downloader is cancelled
   */
  public Path fetch(CatalogueModel model, Downloader downloader, LongConsumer received) {
    Path file = file(model);
    try (PartFile part = begun(file)) {
      downloader.fetch(model, part.content(), received);
      String sha256 = part.sha256();
      if (!sha256.equals(model.sha256())) {
        part.discard();
        throw new FetchException(
            "model '"
                + model.name()
                + "': what "
                + model.address()
                + " sends is not what was published (SHA-256 "
                + sha256
                + "); it was deleted");
      }
      part.publish();
      return file;
    } catch (IOException e) {
      throw new FetchException(
          file + ": cannot be written (" + e.getMessage() + "); is the disk full?", e);
    }
  }

  private PartFile begun(Path file) {
    try {
      return PartFile.beside(file);
    } catch (IOException e) {
      throw new FetchException(
          folder
              + ": models cannot be kept in this folder; see that it can be made and written to, or"
              + " name another one in the environment variable "
              + VARIABLE,
          e);
    }
  }

  /**
   * All shipped models, and all of the catalogue without what their networks tell.
   *
   * @throws DetectionException if a file cannot be read
   */
  public List<KnownModel> known() {
    List<KnownModel> all = new ArrayList<>();
    ModelSource.bundled().forEach(name -> all.add(look(name)));
    all.add(look(ModelSource.REFINER));
    catalogue.models().forEach(model -> all.add(identify(model.name())));
    return List.copyOf(all);
  }

  /**
   * What is known of one model, what its network tells included.
   *
   * @param nameOrFile as for {@link #source}
   * @throws DetectionException if it is neither known nor a file, cannot be read, or is of no known
   *     family
   */
  public KnownModel look(String nameOrFile) {
    KnownModel model = identify(nameOrFile);
    boolean usable = model.state() != State.NOT_FETCHED && model.state() != State.DAMAGED;
    return usable && !model.refines()
        ? model.with(OnnxDetector.describe(source(nameOrFile)))
        : model;
  }

  /**
   * Tells by its SHA-256 what a model is, without loading it.
   *
   * @param nameOrFile as for {@link #source}
   * @throws DetectionException if it is neither known nor a file, or cannot be read
   */
  public KnownModel identify(String nameOrFile) {
    Optional<CatalogueModel> published = published(nameOrFile);
    if (published.isEmpty()) {
      boolean shipped = isShipped(nameOrFile);
      ModelSource source =
          nameOrFile.equals(ModelSource.REFINER) ? ModelSource.refiner() : named(nameOrFile);
      return new KnownModel(
          source.name(),
          shipped ? State.SHIPPED : State.FILE,
          source.sha256(),
          Optional.empty(),
          catalogue.ofHash(source.sha256()),
          shipped ? Optional.empty() : Optional.of(ModelSource.file(nameOrFile)));
    }
    CatalogueModel model = published.get();
    Path file = file(model);
    if (!Files.isRegularFile(file)) {
      return new KnownModel(
          model.name(),
          State.NOT_FETCHED,
          model.sha256(),
          Optional.empty(),
          published,
          Optional.empty());
    }
    String sha256 = ModelSource.ofFile(file).sha256();
    return new KnownModel(
        model.name(),
        sha256.equals(model.sha256()) ? State.FETCHED : State.DAMAGED,
        sha256,
        Optional.empty(),
        published,
        Optional.of(file));
  }

  /** A shipped model or a file. */
  private ModelSource named(String nameOrFile) {
    Path file = ModelSource.file(nameOrFile);
    boolean none = file.toString().isBlank() || !Files.exists(file);
    if (none && !isShipped(nameOrFile) && !isShipped(file.toString())) {
      throw new DetectionException("model '" + nameOrFile + "' " + notFound(file.toString()));
    }
    return ModelSource.of(nameOrFile);
  }

  /** Why a word that is neither a model's name nor a file means nothing, and what would. */
  private String notFound(String name) {
    Optional<CatalogueModel> published = catalogue.find(name);
    if (published.isPresent()) {
      return "not found: ':face' and ':plate' go with files only; "
          + name
          + " finds "
          + published.get().finds().id()
          + "s, so use --model "
          + name;
    }
    List<String> names = new ArrayList<>(ModelSource.bundled());
    catalogue.models().forEach(model -> names.add(model.name()));
    return "not found: "
        + (name.isBlank() ? "a name is missing" : "there is no file " + name)
        + ", and the names are "
        + String.join(", ", names);
  }

  private ModelSource fetched(CatalogueModel model) {
    Path file = file(model);
    if (!Files.isRegularFile(file)) {
      throw new DetectionException(
          "model '"
              + model.name()
              + "' is not here yet: fetch it with: efface models fetch "
              + model.name());
    }
    ModelSource source = ModelSource.ofFile(file);
    if (!source.sha256().equals(model.sha256())) {
      throw new DetectionException(
          file
              + ": is not the file that was published (SHA-256 "
              + source.sha256()
              + "): fetch it again with: efface models fetch "
              + model.name());
    }
    return source.finding(model.finds());
  }

  /** A shipped model goes before one of the catalogue that has the same name. */
  private Optional<CatalogueModel> published(String name) {
    return isShipped(name) ? Optional.empty() : catalogue.find(name);
  }

  private static boolean isShipped(String name) {
    return ModelSource.bundled().contains(name) || name.equals(ModelSource.REFINER);
  }
}
