package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cost.CostModel;
import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.cost.price.PriceFile;
import io.twinloom.cost.price.PriceList;
import io.twinloom.cost.price.Prices;
import io.twinloom.cost.usage.DerivedUsage;
import io.twinloom.cost.usage.Usage;
import io.twinloom.cost.usage.UsageFile;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.cost.usage.UsageValue;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.cost.RunningUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands have that price a twin: its usage, and the prices. */
abstract class PricedCommand extends DeployedCommand {

  @Option(
      names = "--usage",
      paramLabel = "FILE",
      description = "How the twin is used, as JSON; docs/cost.md lists the numbers.")
  private @Nullable Path usageFile;

  @Option(
      names = "--measured",
      description = "Measure rates and sizes of the twin, which must be running.")
  private boolean measured;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "How long --measured looks (default: 30s).")
  private Duration window = Duration.ofSeconds(30);

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "A price list that takes the place of the cloud's own; may be repeated.")
  private List<Path> priceFiles = new ArrayList<>();

  @Option(
      names = "--no-allowances",
      description = "Count no free allowances: something else uses those of the account up.")
  private boolean withoutAllowances;

  /**
   * What a twin is priced by.
   *
   * @param warnings sentences about prices and usage
   */
  record Basis(CostModel model, Prices prices, Usage usage, List<String> warnings) {}

  final Basis basis(Project project, Output output) {
    List<PriceList> own = new ArrayList<>();
    for (Path file : priceFiles) {
      own.add(PriceFile.read(object(file), file.toString()));
    }
    Prices prices = BuiltInPrices.read().with(own);
    Map<UsageKey, UsageValue> derived = DerivedUsage.of(project);
    List<Map<UsageKey, UsageValue>> sources = new ArrayList<>(List.of(derived, input()));
    Path file = usageFile;
    if (file != null) {
      sources.add(UsageFile.read(object(file), file.toString()));
    }
    List<String> warnings = new ArrayList<>();
    if (measured) {
      sources.add(measure(project, output, warnings));
    }
    Usage usage = Usage.of(sources);
    LocalDate today = LocalDate.ofInstant(terminal().clock().instant(), ZoneOffset.UTC);
    warnings.addAll(prices.warnings(today));
    warnings.addAll(usage.warnings(derived));
    if (!output.isJson()) {
      warnings.forEach(output::warn);
    }
    return new Basis(new CostModel(prices, !withoutAllowances), prices, usage, warnings);
  }

  private Map<UsageKey, UsageValue> measure(Project project, Output output, List<String> warnings) {
    if (window.compareTo(Duration.ofSeconds(1)) < 0) {
      throw badUsage("--window is at least 1s.");
    }
    output.say("Measuring for " + Durations.text(window) + " …");
    RunningUsage running = new RunningUsage(running(), project);
    Map<UsageKey, UsageValue> values = running.measure(window);
    if (!values.containsKey(UsageKey.INTERVAL)) {
      warnings.add(
          "No message came in within " + Durations.text(window) + ", so no rate was measured.");
    }
    return values;
  }

  private Map<UsageKey, UsageValue> input() {
    try (ProjectFiles files = ProjectSource.open(project())) {
      return UsageFile.readInput(files);
    } catch (IOException e) {
      // The project was read before: what is wrong with it was said then.
      return Map.of();
    }
  }

  private JsonObject object(Path named) {
    Path file = terminal().folder().resolve(named);
    try {
      if (Json.parse(Files.readAllBytes(file)) instanceof JsonObject object) {
        return object;
      }
      throw unreadable(named, "The file is not a JSON object.", null);
    } catch (JsonSyntaxException e) {
      throw unreadable(named, "The file is invalid JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(named, "The file cannot be read: " + FileFailure.reason(e) + ".", e);
    }
  }

  private static TwinloomException unreadable(Path file, String what, @Nullable Throwable cause) {
    return new TwinloomException(
        CliError.OPTION_FILE, what, file.toString(), CliError.OPTION_FILE.fix(), cause);
  }
}
