package io.twinloom.cli;

import io.twinloom.cli.command.Catalogue;
import io.twinloom.cli.command.Durations;
import io.twinloom.cli.command.TimeArgument;
import io.twinloom.cli.command.TwinloomCommand;
import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds the command that was called, runs it, and says what went wrong. */
public final class Cli {

  private final Terminal terminal;

  public Cli(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs a command; returns its {@link ExitCode}. Never throws. */
  public int run(String... args) {
    CommandLine line = commandLine(args);
    PrintWriter out = new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8);
    line.setOut(out)
        .setErr(err)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.coloured() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(Math.clamp(terminal.tty().size().columns(), 80, 120))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, Durations::parse)
        .registerConverter(Path.class, PathArgument::parse)
        // An argument that begins with @ is a path or JSON like any other.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(this::badUsage)
        .setExecutionExceptionHandler((e, command, ignored) -> failed(e, isJson(command)));
    try {
      return line.execute(args);
    } catch (StackOverflowError | LinkageError e) {
      // A fault of the program: reported as such, and as JSON where that was asked for.
      return failed(e, List.of(args).contains("--json"));
    }
  }

  /**
   * Only the command that is called is looked at, which is faster than looking at all; all are
   * there where none of them is named, so that help and mistakes know them.
   */
  private CommandLine commandLine(String[] args) {
    CommandLine line = new CommandLine(new Root());
    line.setCommandName(ProgramName.get());
    Catalogue.nameProgram(line);
    Optional<TwinloomCommand> called =
        Arrays.stream(args).filter(a -> !a.startsWith("-")).findFirst().flatMap(Catalogue::make);
    called.ifPresentOrElse(
        command -> add(line, command),
        () -> Catalogue.names().forEach(n -> Catalogue.make(n).ifPresent(c -> add(line, c))));
    // For the commands that are there by now.
    return NumberArguments.register(line)
        .registerConverter(Instant.class, new TimeArgument(terminal.clock()));
  }

  private void add(CommandLine line, TwinloomCommand command) {
    command.calledFrom(terminal);
    line.addSubcommand(Catalogue.line(command));
  }

  private int badUsage(ParameterException e, String[] args) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    UsageMistake mistake = UsageMistake.of(e, List.of(args));
    // What could not be parsed has no options yet.
    boolean json = Arrays.asList(args).contains("--json");
    new Output(terminal, json, false)
        .error(
            new TwinloomException(
                CliError.USAGE, mistake.what(), "", "See '" + name + " --help'."));
    return ExitCode.USAGE;
  }

  private static boolean isJson(CommandLine command) {
    return command.getCommand() instanceof TwinloomCommand called && called.isJson();
  }

  private int failed(Throwable e, boolean json) {
    Output output = new Output(terminal, json, false);
    if (e instanceof TwinloomException known) {
      output.error(known);
      return known.error() == DeployerError.PROJECT_INVALID ? ExitCode.INVALID : ExitCode.FAILED;
    }
    output.error(
        new TwinloomException(
            CliError.UNEXPECTED,
            "Something went wrong that should not: " + e,
            "",
            "Run it again with TWINLOOM_DEBUG=1 in the environment, and report what it says.",
            e));
    return ExitCode.FAILED;
  }

  @Command(
      name = "twinloom",
      versionProvider = Version.class,
      description =
          "One digital twin over several clouds, or over three clouds on your own machine.",
      commandListHeading = "%nCommands:%n",
      footer = {
        "",
        "Start with 'twinloom demo', or make a project of your own: 'twinloom init my-twin'.",
        "Exit codes: 0 done, 1 it failed, 2 bad usage, 3 the project is invalid."
      })
  @SuppressWarnings("UnusedVariable") // Options that picocli itself acts on.
  private static final class Root implements Callable<Integer> {

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Say what there is.")
    private boolean help;

    @Option(
        names = {"-V", "--version"},
        versionHelp = true,
        description = "Say which version this is.")
    private boolean version;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      line.usage(line.getErr());
      return ExitCode.USAGE;
    }
  }

  /** The version that was built. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"twinloom " + Catalogue.version()};
    }
  }
}
