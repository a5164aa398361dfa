package io.efface.cli;

import io.efface.manifest.DocumentException;
import io.efface.report.KeyFile;
import io.efface.report.SigningKey;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code efface keys new KEYFILE}: makes the keys that reports are signed and checked with. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Make keys that reports are signed and checked with.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = KeysCommand.New.class)
final class KeysCommand {

  /** Makes a pair. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description =
          "Make a key pair: KEYFILE, to be kept secret, and KEYFILE.pub, to be given away.")
  static final class New implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "KEYFILE", description = "The private key's file; must not exist yet.")
    private @Nullable Path file;

    @Override
    public Integer call() {
      Path to = Objects.requireNonNull(file, "picocli demands the parameter");
      CommandLine command = Objects.requireNonNull(spec, "picocli sets the spec").commandLine();
      SigningKey key = SigningKey.generate();
      try {
        KeyFile.write(key, to);
      } catch (DocumentException e) {
        Failures.print(command.getErr(), Failures.message(e));
        return ExitCode.FAILED.code();
      }
      command
          .getOut()
          .print(
              SafeText.of(to + ": the private key; keep it secret, it has no password")
                  + "\n"
                  + SafeText.of(KeyFile.publicOf(to) + ": the public key, for whoever checks")
                  + "\nfingerprint "
                  + key.publicKey().fingerprint()
                  + "\n");
      command.getOut().flush();
      return ExitCode.DONE.code();
    }
  }
}
