package io.efface.cli;

import io.efface.models.Downloader;
import io.efface.models.ModelStore;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import picocli.CommandLine;

/** One run of the command line over a runner, with what it printed. */
record Run(int exit, String out, String err) {

  static Run of(FakeRunner runner, Object... args) {
    return of(new Interruption(), runner, args);
  }

  static Run of(Interruption interruption, FakeRunner runner, Object... args) {
    return of(interruption, InputStream.nullInputStream(), runner, args);
  }

  static Run of(Interruption interruption, InputStream input, FakeRunner runner, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        RootCommand.commandLine(
            new Surroundings(
                runner,
                writer -> new LineProgress(writer, () -> 0),
                ModelStore.ofUser(),
                new Downloader(Duration.ofSeconds(5)),
                input,
                (limits, view, outputs) -> new FakeWorkers(runner, limits),
                interruption));
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exit = commandLine.execute(words);
    return new Run(exit, out.toString(), err.toString());
  }
}
