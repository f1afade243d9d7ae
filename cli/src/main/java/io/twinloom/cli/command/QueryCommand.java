package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.DeployedTwin.Query;
import io.twinloom.json.JsonObject;
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
    DeployedTwin twin = running();
    QueryPages pages = new QueryPages(output, most);
    Optional<String> next = Optional.empty();
    do {
      JsonObject page =
          twin.query(
              new Query(
                  device,
                  Optional.ofNullable(property),
                  Optional.ofNullable(from),
                  Optional.ofNullable(to),
                  next,
                  order == TimeOrder.desc,
                  // Of a page, a property may be in few.
                  property == null
                      ? (int) Math.min(most, Query.DEFAULT_LIMIT)
                      : Query.DEFAULT_LIMIT));
      pages.add(page);
      next = page.text("nextToken");
    } while (next.isPresent() && !pages.isFull());
    pages.end();
    return ExitCode.DONE;
  }
}
