package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.server.FolderServer;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.projects.FolderLock;
import io.twinloom.server.projects.ProjectFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the REST interface and the web page of all projects in a folder. */
@Command(
    name = "serve",
    description = {
      "Serve the REST interface and the web page for all projects in a folder, until Ctrl-C. Each"
          + " folder in it with a config.json is a project; twins that it deploys run on in the"
          + " background.",
      "",
      "  twinloom serve",
      "  twinloom serve --root twins --port 8080",
      "  TWINLOOM_API_KEY=... twinloom serve --bind 0.0.0.0"
    })
final class ServeCommand extends TwinloomCommand {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int LARGEST_PORT = 65_535;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder of the projects (default: the current one).")
  private Path root = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8417",
      description = "Where it listens (default: 8417; 0: a free one).")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = LOOPBACK,
      description =
          "The address that it listens on (default: 127.0.0.1). Any but loopback needs an API key of"
              + " at least 16 characters in TWINLOOM_API_KEY.")
  private String bind = LOOPBACK;

  @Override
  protected int run(Output output) throws Exception {
    if (port < 0 || port > LARGEST_PORT) {
      throw badUsage("--port must be from 0 to " + LARGEST_PORT + ".");
    }
    Path folder = terminal().folder().resolve(root).normalize();
    if (!Files.isDirectory(folder)) {
      throw new TwinloomException(
          DeployerError.FILE_NO_FOLDER,
          "There is no folder " + folder + ".",
          folder.toString(),
          "Name a folder that exists with --root.");
    }
    try (LockFile unused = FolderLock.take(folder)) {
      return serve(folder, output);
    }
  }

  private int serve(Path folder, Output output) throws Exception {
    Map<String, String> environment = terminal().environment();
    InstantSource clock = terminal().clock();
    ProjectFolders projects =
        ProjectFolders.open(folder, codeChecker(), new ServedPlaces(terminal()), clock);
    try (Interruption interruption = Interruption.install();
        FolderServer server =
            FolderServer.start(
                options(environment),
                port,
                projects,
                environment,
                clock,
                new SecureRandom(),
                output::note)) {
      int count = projects.ids().size();
      output.result(
          JsonObject.builder()
              .put("api", server.address().toString())
              .put("root", folder.toString())
              .put("projects", count)
              .build(),
          lines(server, folder, count, output));
      interruption.await();
      output.say("Stopping ...");
    }
    return ExitCode.DONE;
  }

  private ServerOptions options(Map<String, String> environment) {
    return new ServerOptions(
        bind,
        Optional.ofNullable(environment.get(ServerOptions.KEY)).filter(key -> !key.isBlank()),
        Optional.ofNullable(environment.get(ServerOptions.PAGE)).map(Path::of),
        Catalogue.version(),
        environment,
        new InstalledOutputs(environment, terminal().clock()));
  }

  private static List<String> lines(FolderServer server, Path folder, int count, Output output) {
    return List.of(
        output.paint(Paint.GREEN, "Ready: ")
            + Count.of(count, "project")
            + " of "
            + output.paint(Paint.BOLD, folder.toString()),
        "",
        output.paint(Paint.DIM, "  page          ") + server.address(),
        output.paint(Paint.DIM, "  REST          ") + server.address() + "/docs",
        output.paint(Paint.DIM, "  end it        ") + "Ctrl-C; twins that it deployed run on");
  }
}
