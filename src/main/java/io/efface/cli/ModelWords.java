package io.efface.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.detect.Label;
import io.efface.detect.ModelSource;
import io.efface.detect.ModelSpec;
import io.efface.detect.OperatingPoint;
import io.efface.models.CatalogueModel;
import io.efface.models.KnownModel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is known of a model, in words and as JSON. */
final class ModelWords {
  private ModelWords() {}

  /** One line of a table. */
  static String row(KnownModel model) {
    return String.format(
        Locale.ROOT,
        "%-22s %-12s %-12s %s",
        model.name(),
        state(model),
        finds(model),
        model.refines() ? role() : model.published().map(CatalogueModel::licence).orElse(""));
  }

  private static String role() {
    return "second stage of " + String.join(" and ", ModelSource.refined()) + ", not for --model";
  }

  /** All there is to say, a fact a line. */
  static String sheet(KnownModel model) {
    StringBuilder sheet = new StringBuilder();
    line(sheet, "name", model.name());
    line(sheet, "state", state(model));
    model.published().ifPresent(published -> line(sheet, "about", published.about()));
    if (model.refines()) {
      line(sheet, "role", role());
      line(sheet, "input", ModelSource.REFINER_SIDE + "x" + ModelSource.REFINER_SIDE);
    } else {
      line(sheet, "finds", finds(model));
    }
    model.spec().ifPresent(spec -> network(sheet, spec));
    model
        .published()
        .ifPresent(
            published -> {
              line(sheet, "licence", published.licence());
              line(sheet, "address", published.address().toString());
              line(sheet, "bytes", Long.toString(published.bytes()));
            });
    model.file().ifPresent(file -> line(sheet, "file", file.toString()));
    line(sheet, "SHA-256", model.sha256());
    return sheet.toString();
  }

  /** The members of a model's object. */
  static void write(JsonGenerator generator, KnownModel model) throws IOException {
    generator.writeStringField("name", model.name());
    generator.writeStringField("state", state(model));
    generator.writeStringField("sha256", model.sha256());
    generator.writeArrayFieldStart("finds");
    for (Label label : labels(model)) {
      generator.writeString(label.id());
    }
    generator.writeEndArray();
    if (model.refines()) {
      generator.writeArrayFieldStart("secondStageOf");
      for (String detector : ModelSource.refined()) {
        generator.writeString(detector);
      }
      generator.writeEndArray();
    }
    if (model.spec().isPresent()) {
      write(generator, model.spec().get());
    }
    if (model.published().isPresent()) {
      CatalogueModel published = model.published().get();
      generator.writeStringField("about", published.about());
      generator.writeStringField("licence", published.licence());
      generator.writeBooleanField("commercialUse", published.commercialUse());
      generator.writeStringField("address", published.address().toString());
      generator.writeNumberField("bytes", published.bytes());
    }
    if (model.file().isPresent()) {
      generator.writeStringField("file", model.file().get().toString());
    }
  }

  private static void write(JsonGenerator generator, ModelSpec spec) throws IOException {
    generator.writeStringField("family", Choices.id(spec.family()));
    if (spec.fixedSize().isPresent()) {
      generator.writeNumberField("inputWidth", spec.fixedSize().get().width());
      generator.writeNumberField("inputHeight", spec.fixedSize().get().height());
    }
    generator.writeObjectFieldStart("scores");
    for (Label label : spec.labels()) {
      generator.writeObjectFieldStart(label.id());
      OperatingPoint scores = spec.operatingPoint(label);
      generator.writeNumberField("start", scores.startScore());
      generator.writeNumberField("continue", scores.continueScore());
      generator.writeEndObject();
    }
    generator.writeEndObject();
  }

  private static void network(StringBuilder sheet, ModelSpec spec) {
    line(sheet, "family", Choices.id(spec.family()).replace('_', ' '));
    line(
        sheet,
        "input",
        spec.fixedSize()
            .map(size -> size.width() + "x" + size.height())
            .orElse("any multiple of 32"));
    for (Label label : spec.labels()) {
      OperatingPoint scores = spec.operatingPoint(label);
      line(
          sheet,
          label.id() + " scores",
          scores.startScore() + " to start, " + scores.continueScore() + " to continue");
    }
  }

  private static void line(StringBuilder sheet, String what, String value) {
    sheet.append(String.format(Locale.ROOT, "%-13s%s\n", what, SafeText.of(value)));
  }

  /** The state as one word. */
  static String state(KnownModel model) {
    return Choices.id(model.state()).replace('_', '-');
  }

  private static String finds(KnownModel model) {
    return labels(model).stream().map(Label::id).collect(Collectors.joining(", "));
  }

  private static List<Label> labels(KnownModel model) {
    return model
        .spec()
        .map(ModelSpec::labels)
        .or(() -> model.published().map(published -> List.of(published.finds())))
        .orElse(List.of());
  }
}
