package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code query}: what a device measured. The answer is written as it comes, page by page. */
@Command(
    name = "query",
    description = {
      "Read what a device measured, over all tiers, oldest first.",
      "",
      "  twinloom query my-twin --device sensor-1 --from -1h",
      "  twinloom query my-twin --device sensor-1 --from 2026-03-01 --to 2026-03-02T12:00:00Z",
      "  twinloom query my-twin --device sensor-1 --property temperature --order desc --limit 10",
      "  twinloom query my-twin --device sensor-1 --format csv > sensor-1.csv"
    })
@SuppressWarnings("NullAway.Init")
final class QueryCommand extends DeployedCommand {

  /** The order of time. */
  enum TimeOrder {
    asc,
    desc
  }

  /** How the items are written. */
  enum Format {
    text,
    json,
    csv
  }

  @Option(
      names = "--device",
      converter = DeviceArgument.class,
      required = true,
      paramLabel = "ID",
      description = "The device.")
  private String device;

  @Option(names = "--property", paramLabel = "P", description = "Only this property.")
  private @Nullable String property;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "From this time on, inclusive: " + TimeArgument.FORMS)
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "Up to this time, inclusive; the same forms.")
  private @Nullable Instant to;

  @Option(
      names = "--order",
      paramLabel = "asc|desc",
      description = "asc: oldest first (the default); desc: newest first.")
  private TimeOrder order = TimeOrder.asc;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many items (default: all).")
  private @Nullable Long limit;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      description =
          "text (the default), json (as --json), or csv: a line for each item, a column for each"
              + " property.")
  private Format format = Format.text;

  @Override
  public boolean isJson() {
    return super.isJson() || format == Format.json;
  }

  @Override
  protected int run(Output output) {
    if (limit != null && limit < 1) {
      throw badUsage("--limit is at least 1.");
    }
    if (from != null && to != null && from.isAfter(to)) {
      throw badUsage("--from is after --to: nothing can be between them.");
    }
    if (format == Format.csv && super.isJson()) {
      throw badUsage("--json and --format csv exclude each other.");
    }
    long most = limit == null ? Long.MAX_VALUE : limit;
    TwinControl twin = running();
    try {
      return format == Format.csv ? csv(twin, most, output) : pages(twin, most, output);
    } catch (TwinloomException e) {
      // In the words of the command, where the twin refuses what the project would have, too.
      devices().ifPresent(d -> d.get(device));
      throw e;
    }
  }

  private int pages(TwinControl twin, long most, Output output) {
    QueryPages pages = new QueryPages(output, most);
    try {
      ask(twin, most, pages::add, pages::isFull);
    } catch (TwinloomException e) {
      if (!pages.hasBegun()) {
        throw e;
      }
      pages.fail(e);
      return ExitCode.FAILED;
    }
    pages.end();
    if (pages.isEmpty()) {
      explainNothing(output);
    }
    return ExitCode.DONE;
  }

  private int csv(TwinControl twin, long most, Output output) {
    QueryCsv csv = new QueryCsv(output, most);
    ask(twin, most, csv::learn, csv::isFull);
    csv.head();
    ask(twin, most, csv::add, csv::isFull);
    csv.end();
    if (csv.isEmpty()) {
      explainNothing(output);
    }
    return ExitCode.DONE;
  }

  /** An answer without items may be one to a mistyped question. */
  private void explainNothing(Output output) {
    String asked = property;
    if (asked != null) {
      devices()
          .flatMap(d -> d.find(device))
          .flatMap(d -> ProjectDevices.unconfigured(d, asked))
          .ifPresent(output::warn);
    }
  }

  /** Asks for all pages, or until enough is had. */
  private void ask(TwinControl twin, long most, Consumer<HistoryPage> pages, Enough enough) {
    HistoryRequest.Builder request =
        HistoryRequest.of(device)
            .property(Optional.ofNullable(property))
            .from(Optional.ofNullable(from).map(Timestamps::of))
            .to(Optional.ofNullable(to).map(Timestamps::of))
            .newestFirst(order == TimeOrder.desc)
            // Of a page, a property may be in few.
            .limit(
                property == null
                    // One more tells whether there are more.
                    ? (int) Math.min(most, HistoryRequest.DEFAULT_LIMIT - 1) + 1
                    : HistoryRequest.DEFAULT_LIMIT);
    Optional<String> next = Optional.empty();
    do {
      HistoryPage page = twin.query(request.page(next).build());
      pages.accept(page);
      next = page.nextToken();
    } while (next.isPresent() && !enough.now());
  }

  /** Whether no further page is needed. */
  private interface Enough {
    boolean now();
  }
}
