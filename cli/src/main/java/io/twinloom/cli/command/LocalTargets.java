package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Terminal;
import io.twinloom.local.deploy.LocalDeployError;
import io.twinloom.local.deploy.LocalRun;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.LocalWiring;
import io.twinloom.local.deploy.RunOptions;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.WebServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the local clouds as a target, with the parts that a command has for them. */
final class LocalTargets {

  private LocalTargets() {}

  /**
   * The target whose twin runs already, or is not started. What times it was last started with
   * stands in what it says of a change; its files and ports are not looked at.
   */
  static LocalTarget asked(Path data, Terminal terminal) {
    RunChoice kept = RunChoice.of(Map.of(), LocalTarget.optionsOf(data), false);
    return of(
        new LocalRun(
            kept.timed(data), RunOptions.NONE, kept.shown(data, Optional.empty()), List.of()),
        terminal);
  }

  /** The target, to start a twin on; what a person should know besides goes to the terminal. */
  static LocalTarget of(LocalRun run, Terminal terminal) {
    Consumer<String> say = terminal.err()::println;
    return new LocalTarget(
        run,
        new LocalWiring(
            WebServer.of(
                ServerOptions.loopback(
                    System.getenv(),
                    Catalogue.version(),
                    new InstalledOutputs(System.getenv(), terminal.clock())),
                terminal.clock(),
                new SecureRandom(),
                UserCodeChecker.of(
                    System.getenv(),
                    Path.of(System.getProperty("user.home", "")),
                    terminal.clock()),
                say),
            terminal.clock(),
            new SecureRandom(),
            System.getenv(),
            say));
  }

  /** The target, to start a twin on with the options that it was last started with. */
  static LocalTarget again(Path project, Path data, Terminal terminal) {
    RunChoice kept = RunChoice.of(Map.of(), LocalTarget.optionsOf(data), false);
    return of(
        new LocalRun(
            kept.local(data, Optional.empty()),
            kept.options(),
            kept.shown(data, Optional.empty()),
            background(project, data, kept, List.of())),
        terminal);
  }

  /** The command that runs a twin in a process of its own. */
  static List<String> background(Path project, Path data, RunChoice chosen, List<String> change) {
    List<String> command = new ArrayList<>(program());
    command.addAll(
        List.of(
            "up",
            project.toString(),
            "--data",
            data.toString(),
            "--quiet",
            LocalRunOptions.DEPLOYED));
    command.addAll(chosen.arguments());
    command.addAll(change);
    return command;
  }

  private static List<String> program() {
    String launcher = System.getProperty("twinloom.launcher");
    if (launcher != null) {
      return List.of(launcher);
    }
    String java =
        ProcessHandle.current()
            .info()
            .command()
            .orElseThrow(
                () ->
                    new TwinloomException(
                        LocalDeployError.LOCAL_BACKGROUND,
                        "The program cannot tell how it was started.",
                        "",
                        "Start it with its launcher, './twinloom'."));
    return List.of(
        java, "-Xmx256m", "-cp", System.getProperty("java.class.path", ""), "io.twinloom.cli.Main");
  }
}
