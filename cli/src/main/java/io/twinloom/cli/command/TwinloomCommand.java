package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.packaging.UserCodeChecker;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have. */
public abstract class TwinloomCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Write the result as JSON on standard out.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but the result, warnings and errors.")
  private boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say what this command does.")
  @SuppressWarnings("UnusedVariable") // Picocli itself acts on it.
  private boolean help;

  @Spec private @Nullable CommandSpec spec;

  private @Nullable Terminal terminal;

  /** Sets where the command was called; before it runs. */
  public final void calledFrom(Terminal place) {
    terminal = place;
  }

  @Override
  public final Integer call() throws Exception {
    return run(new Output(terminal(), isJson(), quiet));
  }

  /**
   * Does what the command is for.
   *
   * @return an {@link io.twinloom.cli.terminal.ExitCode}
   */
  protected abstract int run(Output output) throws Exception;

  /** Checks user code; what it found is kept for the user, over all projects. */
  protected final UserCodeChecker codeChecker() {
    return UserCodeChecker.of(
        terminal().environment(), Path.of(System.getProperty("user.home", "")), terminal().clock());
  }

  /** Whether the result is wanted as JSON. */
  public boolean isJson() {
    return json;
  }

  /** The program that this is a command of. */
  final CommandLine parent() {
    CommandLine parent = Objects.requireNonNull(spec).commandLine().getParent();
    return Objects.requireNonNull(parent, "a command is one of a program");
  }

  /** That this command was called wrongly in a way that only it can tell. */
  protected final ParameterException badUsage(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }

  protected final Terminal terminal() {
    return Objects.requireNonNull(terminal, "a command runs after its folder was set");
  }
}
