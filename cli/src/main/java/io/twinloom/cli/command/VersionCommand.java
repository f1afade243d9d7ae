package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code version}: which version this is, and what it runs on. */
@Command(
    name = "version",
    description = {
      "Say which version this is, and what it runs on.",
      "",
      "  twinloom version --json"
    })
final class VersionCommand extends TwinloomCommand {

  @Override
  protected int run(Output output) {
    String java = System.getProperty("java.version", "");
    String system = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
    output.result(
        JsonObject.builder()
            .put("version", number())
            .put("java", java)
            .put("system", system)
            .build(),
        List.of("twinloom " + number() + " (Java " + java + ", " + system + ")"));
    return ExitCode.DONE;
  }

  /** The version that was built. */
  static String number() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
