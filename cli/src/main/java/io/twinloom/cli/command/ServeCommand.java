package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.ServedProjects;
import io.twinloom.server.ServerOptions;
import io.twinloom.server.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the REST interface and web page for all projects of a folder. */
@Command(
    name = "serve",
    description = {
      "Serve the REST interface and the web page for all projects of a folder, until Ctrl-C.",
      "",
      "  twinloom serve --root projects",
      "  TWINLOOM_API_KEY=... twinloom serve --root projects --bind 0.0.0.0 --port 8800"
    })
final class ServeCommand extends TwinloomCommand {

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "Every folder in it with a config.json is a project (default: the current folder).")
  private @Nullable Path root;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen on (default: a free one).")
  private @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on; any but loopback needs TWINLOOM_API_KEY.")
  private String bind = "127.0.0.1";

  @Override
  protected int run(Output output) throws Exception {
    Path folder =
        root == null ? terminal().folder() : terminal().folder().resolve(root).normalize();
    if (!Files.isDirectory(folder)) {
      throw badUsage("--root is no folder.");
    }
    Optional<String> key =
        ServerOptions.isLoopback(bind) ? Optional.empty() : Optional.of(needed());
    ServerOptions options =
        new ServerOptions(
            bind,
            key,
            Optional.ofNullable(terminal().environment().get(ServerOptions.PAGE)).map(Path::of),
            Catalogue.version(),
            terminal().environment());
    ServedProjects projects =
        new ServedProjects(
            folder,
            new ProjectTargets(terminal(), codeChecker()),
            codeChecker(),
            InstantSource.system());
    TwinServer.Port where = new TwinServer.Port(Optional.ofNullable(port), Optional.empty());
    try (Interruption interruption = Interruption.install();
        WebServer server = WebServer.serve(options, where, projects, output::warn)) {
      output.result(
          JsonObject.builder()
              .put("api", server.address().toString())
              .put("root", folder.toString())
              .build(),
          List.of(
              output.paint(Paint.GREEN, "Ready: ") + "the projects of " + folder,
              output.paint(Paint.DIM, "  web page      ")
                  + output.paint(Paint.BOLD, server.address() + "/"),
              output.paint(Paint.DIM, "  interface     ") + server.address() + "/docs",
              output.paint(Paint.DIM, "  end it        ") + "Ctrl-C"));
      interruption.await();
    }
    return ExitCode.DONE;
  }

  private String needed() {
    return Optional.ofNullable(terminal().environment().get(ServerOptions.KEY))
        .filter(k -> !k.isBlank())
        .orElseThrow(
            () ->
                new TwinloomException(
                    CliError.OPTION_KEY,
                    "--bind " + bind + " is reached from other machines, and there is no key.",
                    ServerOptions.KEY));
  }
}
