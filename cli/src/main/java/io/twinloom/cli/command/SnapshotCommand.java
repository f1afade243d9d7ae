package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.json.JsonObject;
import io.twinloom.local.deploy.LocalSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code snapshot}: the whole state of a twin as a file. */
@Command(
    name = "snapshot",
    description = {
      "Write the whole state of a twin on this machine to a file, consistent, while it runs. The file"
          + " holds tokens, and is for its owner only.",
      "",
      "  twinloom snapshot my-twin --out monday.zip",
      "  twinloom up my-twin --data elsewhere --snapshot monday.zip"
    })
final class SnapshotCommand extends ProjectCommand {

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; it must not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--without-secrets",
      description = "Leave tokens and passwords out; new tokens are made when it is started.")
  private boolean withoutSecrets;

  @Override
  protected int run(Output output) throws IOException {
    Path file = terminal().folder().resolve(out);
    LocalSnapshots.write(data(), file, !withoutSecrets);
    long bytes = Files.size(file);
    output.result(
        JsonObject.builder().put("file", out.toString()).put("bytes", bytes).build(),
        List.of("The twin's state is in " + out + "."));
    return ExitCode.DONE;
  }
}
