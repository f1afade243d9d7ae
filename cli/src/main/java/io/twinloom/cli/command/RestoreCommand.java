package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore}: asks the archive for what must be restored before it can be read. */
@Command(
    name = "restore",
    description = {
      "Ask the archive for chunks that must be restored before they can be read.",
      "",
      "  twinloom restore my-twin --device sensor-1 --from 2025-01-01 --to 2025-02-01"
    })
@SuppressWarnings("NullAway.Init")
final class RestoreCommand extends DeployedCommand {

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      required = true,
      paramLabel = "ID",
      description = "The device.")
  private String device;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "T",
      description = "From this time on, inclusive: " + TimeArgument.FORMS)
  private Instant from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "T",
      description = "Up to this time, inclusive; the same forms.")
  private Instant to;

  @Override
  protected int run(Output output) {
    if (from.isAfter(to)) {
      throw badUsage("--from is after --to: nothing can be between them.");
    }
    RestoreReport asked = restore();
    List<PendingChunk> pending = asked.pending();
    String readable = Count.of(asked.readable(), "chunk") + " of the range can be read already.";
    output.result(
        HistoryJson.write(asked),
        pending.isEmpty()
            ? List.of("Nothing to restore: " + readable)
            : List.of(PendingText.of(pending) + ".", readable));
    return ExitCode.DONE;
  }

  private RestoreReport restore() {
    TwinControl twin = running();
    try {
      return twin.restore(device, Timestamps.of(from), Timestamps.of(to));
    } catch (TwinloomException e) {
      devices().ifPresent(known -> known.get(device));
      throw e;
    }
  }
}
