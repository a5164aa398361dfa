package io.efface.cli;

import picocli.CommandLine.Command;

/** The program itself; the work is in its subcommands. */
@Command(name = "efface", description = "Destroys faces and licence plates in footage.")
public final class RootCommand {}
