package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.codec.HistoryJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore}: asks the archive for what must be restored before it can be read. */
@Command(
    name = "restore",
    description = "Ask the archive for chunks that must be restored before they can be read.")
@SuppressWarnings("NullAway.Init")
final class RestoreCommand extends DeployedCommand {

  @Option(names = "--device", required = true, paramLabel = "ID", description = "The device.")
  private String device;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "T",
      description = "From this time on, inclusive.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "T",
      description = "Up to this time, inclusive.")
  private String to;

  @Override
  protected int run(Output output) {
    RestoreReport asked = running().restore(device, from, to);
    List<PendingChunk> pending = asked.pending();
    String readable = asked.readable() + " of the range's chunks can be read already.";
    output.result(
        HistoryJson.write(asked),
        pending.isEmpty()
            ? List.of("Nothing to restore: " + readable)
            : List.of(PendingText.of(pending) + ".", readable));
    return ExitCode.DONE;
  }
}
