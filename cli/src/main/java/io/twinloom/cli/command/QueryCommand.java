package io.twinloom.cli.command;

import io.twinloom.cli.ExitCode;
import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.DeployedTwin.Query;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code query}: what a device measured. The answer is written as it comes, page by page. */
@Command(name = "query", description = "Read what a device measured, oldest first.")
@SuppressWarnings("NullAway.Init")
final class QueryCommand extends ProjectCommand {

  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "event_id", "timestamp");

  @Option(names = "--device", required = true, paramLabel = "ID", description = "The device.")
  private String device;

  @Option(names = "--property", paramLabel = "P", description = "Only this property.")
  private @Nullable String property;

  @Option(names = "--from", paramLabel = "T", description = "From this time on, inclusive.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "Up to this time, inclusive.")
  private @Nullable String to;

  @Override
  protected int run(Output output) {
    DeployedTwin twin = running();
    Pages pages = new Pages(output);
    Optional<String> next = Optional.empty();
    do {
      JsonObject page =
          twin.query(
              new Query(
                  device,
                  Optional.ofNullable(property),
                  Optional.ofNullable(from),
                  Optional.ofNullable(to),
                  next));
      page.array("items").orElse(JsonArray.EMPTY).forEach(pages::item);
      next = page.text("nextToken");
    } while (next.isPresent());
    pages.end();
    return ExitCode.DONE;
  }

  private static final class Pages {
    private final Output output;
    private final PrintStream out;
    private long count;

    Pages(Output output) {
      this.output = output;
      this.out = output.terminal().out();
    }

    void item(JsonValue value) {
      if (output.isJson()) {
        out.print(count == 0 ? "{\"items\": [\n  " : ",\n  ");
        out.print(Json.text(value));
      } else if (value instanceof JsonObject item) {
        out.println(line(item));
      }
      count++;
    }

    private String line(JsonObject item) {
      StringBuilder line =
          new StringBuilder(output.paint(Paint.DIM, item.text("timestamp").orElse("")));
      item.members()
          .forEach(
              (key, value) -> {
                if (!SYSTEM_KEYS.contains(key)) {
                  line.append("  ")
                      .append(key)
                      .append('=')
                      .append(item.text(key).orElseGet(value::toString));
                }
              });
      return line.toString();
    }

    void end() {
      if (output.isJson()) {
        out.print(count == 0 ? "{\"items\": [" : "\n");
        out.println(
            "], \"tiers\": [{\"tier\": \"hot\", \"items\": " + count + "}], \"pending\": []}");
      } else {
        output.say(count + (count == 1 ? " item" : " items") + " in the hot tier");
      }
      out.flush();
    }
  }
}
