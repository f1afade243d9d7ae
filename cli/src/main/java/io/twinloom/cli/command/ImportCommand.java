package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.json.JsonObject;
import io.twinloom.model.text.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: history from a file into the tiers. */
@Command(
    name = "import",
    description = {
      "Store history from a file of JSON lines or CSV, each item once.",
      "No rule is evaluated because of it, and no command is sent.",
      "",
      "  twinloom import my-twin history.ndjson",
      "  twinloom import my-twin oven.csv --device oven",
      "  twinloom import my-twin history.ndjson --move"
    })
final class ImportCommand extends DeployedCommand {

  private static final int SHOWN_REFUSALS = 20;
  private static final long REPORT_NANOS = 1_000_000_000L;

  /** The form of a file. */
  enum Format {
    ndjson,
    csv
  }

  @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "ndjson|csv",
      description = "The form of the file (default: csv where its name ends so, else ndjson).")
  private @Nullable Format format;

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      paramLabel = "ID",
      description = "The device of items that name none.")
  private @Nullable String device;

  @Option(
      names = "--move",
      description = "Run the movers in the end, so that what is old is in its tier at once.")
  private boolean move;

  @Override
  protected int run(Output output) throws Exception {
    return withProject(
        output,
        project -> {
          ProjectDevices known = new ProjectDevices(project.project());
          Optional<String> of = Optional.ofNullable(device).map(id -> known.get(id).id());
          List<String> refusals = new ArrayList<>();
          HistoryImport importing = new HistoryImport(running(), refusals::add);
          boolean ended;
          try (Interruption interruption = Interruption.install();
              HistoryFile history = open(of, known)) {
            ended = send(history, importing, interruption, output);
          }
          return report(importing, refusals, ended, output);
        });
  }

  private HistoryFile open(Optional<String> of, ProjectDevices known) {
    Path path = terminal().folder().resolve(file);
    boolean csv =
        format == null
            ? file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")
            : format == Format.csv;
    return csv ? new CsvHistory(path, of, known) : new NdjsonHistory(path, of);
  }

  /** Sends all items; returns false where it was interrupted. */
  private static boolean send(
      HistoryFile history, HistoryImport importing, Interruption interruption, Output output) {
    long reported = System.nanoTime();
    for (Optional<HistoryFile.Entry> next = history.next();
        next.isPresent();
        next = history.next()) {
      if (interruption.isRequested()) {
        return false;
      }
      importing.add(next.get());
      if (System.nanoTime() - reported >= REPORT_NANOS) {
        reported = System.nanoTime();
        output.say(counted(importing));
      }
    }
    importing.flush();
    return true;
  }

  private int report(HistoryImport importing, List<String> refusals, boolean ended, Output output) {
    refusals.stream().limit(SHOWN_REFUSALS).forEach(output::warn);
    if (refusals.size() > SHOWN_REFUSALS) {
      output.warn("and " + Count.of(refusals.size() - SHOWN_REFUSALS, "more refusal"));
    }
    if (importing.pending() > 0) {
      output.warn(
          Count.of(importing.pending(), "archived chunk")
              + " in the range must be restored before it can be known what is in them; what is"
              + " stored twice because of that is read once.");
    }
    JsonObject.Builder json =
        JsonObject.builder()
            .put("stored", importing.stored())
            .put("present", importing.present())
            .put("refused", importing.refused())
            .put("pending", importing.pending())
            .put("complete", ended);
    List<String> lines = new ArrayList<>(List.of(counted(importing)));
    if (!ended) {
      lines.add("It was interrupted; run it again to go on: nothing is stored twice.");
    }
    if (move && ended) {
      for (TierMove way : TierMove.values()) {
        MoveReport moved = running().move(way, Optional.empty());
        lines.add(way.id() + ": " + Count.of(moved.moved().items(), "item") + " moved");
      }
    }
    output.result(json.build(), lines);
    return ended && importing.refused() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String counted(HistoryImport importing) {
    return Count.of(importing.stored(), "item")
        + " stored, "
        + Count.of(importing.present())
        + " were there already"
        + (importing.refused() == 0 ? "" : ", " + Count.of(importing.refused()) + " refused");
  }
}
