package io.efface.cli;

import io.efface.batch.Failure;
import io.efface.manifest.Tool;
import io.efface.media.NativeCache;
import io.efface.pipeline.FileNames;
import java.nio.file.InvalidPathException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself; the work is in its subcommands. */
@Command(
    name = "efface",
    description = "Destroys faces and licence plates in footage.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a fault of the program itself",
      "2:the command line is wrong",
      "3:some inputs failed",
      "4:an output failed its audit and was not kept, or a file that was verified has faults",
      "5:done, but something wants a look",
      "130:interrupted (143 by 'kill')"
    })
public final class RootCommand {

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error arose.")
  private boolean stacktrace;

  private RootCommand() {}

  /**
   * The whole command line. Results go to its {@code getOut()}, all else to its {@code getErr()};
   * {@code execute} returns an {@link ExitCode}'s number and never throws but for errors of the
   * virtual machine.
   *
   * @param surroundings what the commands work with
   */
  public static CommandLine commandLine(Surroundings surroundings) {
    RootCommand root = new RootCommand();
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new RedactCommand(surroundings))
            .addSubcommand(new WatchCommand(surroundings))
            .addSubcommand(new DetectCommand(surroundings))
            .addSubcommand(new ApplyCommand(surroundings))
            .addSubcommand(new ModelsCommand(surroundings))
            .addSubcommand(new EvalCommand(surroundings))
            .addSubcommand(new VerifyCommand(surroundings))
            .addSubcommand(new KeysCommand())
            .addSubcommand(new DoctorCommand(surroundings))
            .addSubcommand(new BenchCommand(surroundings))
            .addSubcommand(new AutoComplete.GenerateCompletion());
    tellVersion(commandLine.getCommandSpec());
    // A word that begins with @ names a list of inputs, in which nothing is an option.
    commandLine.setExpandAtFiles(false);
    Choices.register(commandLine);
    Choices.completeInSmallLetters(commandLine);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    commandLine.setParameterExceptionHandler(UsageErrors::told);
    commandLine.setExecutionStrategy(
        parsed -> {
          UsageErrors.refuseEmptyWords(parsed);
          try {
            return Printed.checked(parsed, new CommandLine.RunLast().execute(parsed));
          } catch (LinkageError e) {
            if (surroundings.interruption().isStopped()) {
              return interrupted(commandLine);
            }
            Failures.print(commandLine.getErr(), NativeCache.complaint(e));
            return ExitCode.FAILED.code();
          }
        });
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (surroundings.interruption().isStopped()) {
            return interrupted(command);
          }
          if (e instanceof InvalidPathException name) {
            Failures.print(command.getErr(), FileNames.refusal(name.getInput()));
            return ExitCode.USAGE.code();
          }
          // Errors of commands that are methods come wrapped.
          if (e.getCause() instanceof LinkageError missing) {
            Failures.print(command.getErr(), NativeCache.complaint(missing));
            return ExitCode.FAILED.code();
          }
          Failures.print(command.getErr(), Failure.internal(e));
          if (root.stacktrace) {
            e.printStackTrace(command.getErr());
          }
          return ExitCode.INTERNAL.code();
        });
    return commandLine;
  }

  private static int interrupted(CommandLine command) {
    Failures.print(command.getErr(), "interrupted");
    return ExitCode.INTERRUPTED.code();
  }

  /** Whether errors show where they arose. */
  boolean stacktrace() {
    return stacktrace;
  }

  /** Has every command tell the version, which picocli asks of each for itself. */
  private static void tellVersion(CommandSpec spec) {
    spec.versionProvider(new Version());
    spec.subcommands().values().forEach(command -> tellVersion(command.getCommandSpec()));
  }

  /** Tells the version that the jar was built as. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Tool tool = Tool.current();
      return new String[] {tool.name() + " " + tool.version()};
    }
  }
}
