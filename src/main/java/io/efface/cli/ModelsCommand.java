package io.efface.cli;

import io.efface.detect.DetectionException;
import io.efface.detect.ModelSource;
import io.efface.models.CatalogueModel;
import io.efface.models.FetchException;
import io.efface.models.KnownModel;
import io.efface.models.KnownModel.State;
import io.efface.models.ModelStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code efface models list | show NAME | verify [NAME|FILE…] | fetch NAME}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "List, check and fetch the networks that --model takes.")
final class ModelsCommand {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Results on standard output as JSON, one object a line.")
  private boolean json;

  ModelsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the models that come with the program and those that can be fetched.")
  int list() {
    return attempt(
        () -> {
          store().known().forEach(model -> print(model, ModelWords.row(model) + "\n"));
          return ExitCode.DONE;
        });
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show all that is known of a model.")
  int show(
      @Parameters(paramLabel = "NAME|FILE", description = "A listed model or an ONNX file.")
          String name) {
    return attempt(
        () -> {
          KnownModel model = store().look(name);
          print(model, ModelWords.sheet(model));
          return ExitCode.DONE;
        });
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Compare the SHA-256 of models with what was shipped or published.")
  int verify(
      @Parameters(
              paramLabel = "NAME|FILE",
              arity = "0..*",
              description = "What to verify (default: all that is here).")
          @Nullable List<String> names) {
    if (names == null || names.isEmpty()) {
      return attempt(
          () ->
              store().known().stream()
                  .filter(model -> model.state() != State.NOT_FETCHED)
                  .map(this::verified)
                  .reduce(ExitCode.DONE, ExitCode::worse));
    }
    ExitCode exit = ExitCode.DONE;
    for (String name : names) {
      exit = exit.worse(attemptOne(() -> verified(store().identify(name))));
    }
    return exit.code();
  }

  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      description = "Download a model from its publisher and check it; goes on where it broke off.")
  int fetch(
      @Parameters(paramLabel = "NAME", description = "A model of 'efface models list'.")
          String name,
      @Option(
              names = "--accept-licence",
              description = "Accept a licence that forbids commercial use.")
          boolean accepted) {
    return attempt(() -> fetched(name, accepted));
  }

  private ExitCode fetched(String name, boolean accepted) {
    ModelStore store = store();
    CatalogueModel model =
        store
            .catalogue()
            .find(name)
            .orElseThrow(() -> new FetchException("model '" + name + "' " + notToFetch(name)));
    if (!model.commercialUse() && !accepted) {
      throw Usage.error(
          spec,
          "model '"
              + name
              + "' has a licence that forbids commercial use ("
              + model.licence()
              + "); if that suits you, add --accept-licence");
    }
    err().print(SafeText.of(name + ": licence: " + model.licence()) + "\n");
    err().flush();
    if (store.identify(name).state() != State.FETCHED) {
      store.fetch(model, surroundings.downloader(), new FetchLines(err(), model));
    }
    KnownModel here = store.look(name);
    print(here, SafeText.of(name + ": fetched; use it with --model " + name) + "\n");
    return ExitCode.DONE;
  }

  private String notToFetch(String name) {
    if (ModelSource.bundled().contains(name) || name.equals(ModelSource.REFINER)) {
      return "comes with the program: there is nothing to fetch";
    }
    List<String> known = new ArrayList<>();
    store().catalogue().models().forEach(model -> known.add(model.name()));
    return "is not known here; known: " + String.join(", ", known);
  }

  /** Prints how a model compares with what was shipped or published. */
  private ExitCode verified(KnownModel model) {
    String name = model.state() == State.FILE ? file(model) : model.name();
    String verdict =
        switch (model.state()) {
          case SHIPPED -> "as shipped";
          case FETCHED -> "as published";
          case DAMAGED ->
              "not what was published: fetch it again with: efface models fetch " + name;
          case NOT_FETCHED -> "not here: fetch it with: efface models fetch " + name;
          case FILE ->
              model.published().isPresent()
                  ? "as published: " + model.published().get().name()
                  : "no file that Efface knows: compare its SHA-256 with its publisher's";
        };
    boolean good =
        model.state() == State.SHIPPED
            || model.state() == State.FETCHED
            || (model.state() == State.FILE && model.published().isPresent());
    if (json) {
      line(
          JsonLine.of(
              generator -> {
                ExitCode exit = good ? ExitCode.DONE : ExitCode.FAILED;
                generator.writeStringField("status", Choices.id(exit));
                generator.writeStringField("name", name);
                generator.writeStringField("sha256", model.sha256());
                generator.writeStringField("verdict", verdict);
              }));
    } else if (good) {
      line(SafeText.of(name + ": " + verdict + " (SHA-256 " + model.sha256() + ")"));
    }
    if (!good) {
      Failures.print(err(), name + ": " + verdict + " (SHA-256 " + model.sha256() + ")");
    }
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String file(KnownModel model) {
    return model.file().map(Path::toString).orElse(model.name());
  }

  private void print(KnownModel model, String words) {
    if (json) {
      line(JsonLine.of(generator -> ModelWords.write(generator, model)));
    } else {
      out().print(words);
      out().flush();
    }
  }

  private void line(String line) {
    out().print(line + "\n");
    out().flush();
  }

  private int attempt(Supplier<ExitCode> work) {
    return attemptOne(work).code();
  }

  private ExitCode attemptOne(Supplier<ExitCode> work) {
    try {
      return work.get();
    } catch (CancellationException e) {
      Failures.print(err(), "interrupted");
      return ExitCode.INTERRUPTED;
    } catch (DetectionException | FetchException e) {
      Failures.print(err(), Failures.message(e));
      if (root != null && root.stacktrace()) {
        e.printStackTrace(err());
        err().flush();
      }
      return ExitCode.FAILED;
    }
  }

  private ModelStore store() {
    return surroundings.models();
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec, "picocli sets the spec").commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec, "picocli sets the spec").commandLine().getErr();
  }
}
