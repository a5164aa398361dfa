package io.efface.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.doctor.Doctor;
import io.efface.doctor.Symptom;
import io.efface.isolation.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code efface doctor [DIR]}: says whether the program works here, and how well. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Look at Java, libraries, encoders, models, isolation and free space, and redact a small film.",
      "The exit code is 0 only if that works."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where free space is looked for (default: this folder).")
  private Path folder = Path.of(".");

  @Option(names = "--json", description = "The findings as one JSON object.")
  private boolean json;

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<Symptom> symptoms =
        new Doctor(surroundings.models(), surroundings.workers(), Sandbox.best(), folder).examine();
    print(symptoms);
    boolean works = symptoms.stream().noneMatch(s -> s.state() == Symptom.State.FAULT);
    return (works ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  private void print(List<Symptom> symptoms) {
    PrintWriter out = Commands.line(spec).getOut();
    if (json) {
      out.print(JsonLine.of(generator -> write(generator, symptoms)) + "\n");
    } else {
      for (Symptom symptom : symptoms) {
        String line =
            String.format("%-5s  %-22s %s", symptom.state().id(), symptom.name(), symptom.detail());
        out.print(SafeText.of(line) + "\n");
      }
    }
    out.flush();
  }

  private static void write(JsonGenerator generator, List<Symptom> symptoms) throws IOException {
    boolean works = symptoms.stream().noneMatch(s -> s.state() == Symptom.State.FAULT);
    generator.writeStringField("status", works ? "well" : "fault");
    generator.writeArrayFieldStart("findings");
    for (Symptom symptom : symptoms) {
      generator.writeStartObject();
      generator.writeStringField("name", symptom.name());
      generator.writeStringField("state", symptom.state().id());
      generator.writeStringField("detail", symptom.detail());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
