package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TwinControl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code query}: what a device measured. The answer is written as it comes, page by page. */
@Command(name = "query", description = "Read what a device measured, over all tiers, oldest first.")
@SuppressWarnings("NullAway.Init")
final class QueryCommand extends DeployedCommand {

  /** The order of time. */
  enum TimeOrder {
    asc,
    desc
  }

  @Spec private CommandSpec spec;

  @Option(names = "--device", required = true, paramLabel = "ID", description = "The device.")
  private String device;

  @Option(names = "--property", paramLabel = "P", description = "Only this property.")
  private @Nullable String property;

  @Option(names = "--from", paramLabel = "T", description = "From this time on, inclusive.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "Up to this time, inclusive.")
  private @Nullable String to;

  @Option(
      names = "--order",
      paramLabel = "asc|desc",
      description = "asc: oldest first (the default); desc: newest first.")
  private TimeOrder order = TimeOrder.asc;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many items.")
  private @Nullable Long limit;

  @Override
  protected int run(Output output) {
    long most = limit == null ? Long.MAX_VALUE : limit;
    if (most < 1) {
      throw new ParameterException(spec.commandLine(), "--limit is at least 1.");
    }
    TwinControl twin = running();
    QueryPages pages = new QueryPages(output, most);
    HistoryRequest.Builder request =
        HistoryRequest.of(device)
            .property(Optional.ofNullable(property))
            .from(Optional.ofNullable(from))
            .to(Optional.ofNullable(to))
            .newestFirst(order == TimeOrder.desc)
            // Of a page, a property may be in few.
            .limit(
                property == null
                    ? (int) Math.min(most, HistoryRequest.DEFAULT_LIMIT)
                    : HistoryRequest.DEFAULT_LIMIT);
    Optional<String> next = Optional.empty();
    do {
      HistoryPage page = twin.query(request.page(next).build());
      pages.add(page);
      next = page.nextToken();
    } while (next.isPresent() && !pages.isFull());
    pages.end();
    return ExitCode.DONE;
  }
}
