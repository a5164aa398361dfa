package io.efface.cli;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Errors of the command line itself. */
final class Usage {
  private Usage() {}

  /** The error that ends a command before it has done anything. */
  static ParameterException error(@Nullable CommandSpec spec, String message) {
    return new ParameterException(
        Objects.requireNonNull(spec, "picocli sets the spec").commandLine(), message);
  }

  /** Makes options of which a wrong one is a usage error. */
  static <T> T checked(@Nullable CommandSpec spec, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw error(spec, String.valueOf(e.getMessage()));
    }
  }
}
