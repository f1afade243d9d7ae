package io.twinloom.functions.twin;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.history.HistoryReader;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.reading.Reader;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.tier.CopyProgress;
import io.twinloom.functions.tier.CopyRun;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends the newest value of each of a twin's properties to the updater of the twin service that the
 * twin moves to, which keeps what it has that is newer. They come from the former service's graph,
 * or, where that keeps no values, from the measurements, newest first. It works in runs that go on
 * where the one before has stopped, as {@link CopyRun} says; the second pass, when no update is
 * under way any more that went to the former service alone, sends all once more.
 *
 * <p>It answers {@code {"state", "items", "not_found", "not_found_count", "open"?, "busy"?}}: how
 * many values were sent in this pass, which properties have none that can be read, and whether
 * another run is at it.
 */
public final class TwinCopier implements RequestBody {

  private final CopyRun run;
  private final List<String> warnings;

  /** Where the values come from. */
  enum Source {
    /** From the graph of the former twin service. */
    GRAPH,
    /** From the hot store, since no other tier is read. */
    HOT,
    /** From all tiers. */
    HISTORY
  }

  /**
   * @param updater the way to the new updater on another cloud, or its name on this one
   * @param hotReader the reader of the hot store, where that is the source
   * @param tiers the ways to the readers of all tiers, where those are
   * @param limit how long a run may take; empty: as long as it takes
   */
  public record Settings(
      Source source,
      Updater updater,
      Optional<String> hotReader,
      Optional<HistoryReader.Settings> tiers,
      Optional<Duration> limit) {

    /** The variable that says where the values come from. */
    static final String SOURCE = "COPY_SOURCE";

    private static final String HOT_READER = "LOCAL_HOT_READER_NAME";

    /**
     * Reads {@code COPY_SOURCE} ({@code graph}, {@code hot} or {@code history}); {@code
     * REMOTE_COPY_WRITER_URL} with its token or {@code TWIN_UPDATER_LAMBDA_NAME}; {@code
     * LOCAL_HOT_READER_NAME}, unless the source is a graph, and what a history-reader reads, if it
     * is the history; and {@code MOVER_TIME_LIMIT_SECONDS} (optional).
     *
     * @throws ConfigurationError if one that is needed is missing or cannot be used
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      Source source = source(environment.required(SOURCE));
      // Beside the hot store, where the former service keeps no values.
      Layer own = source == Source.GRAPH ? Layer.L4 : Layer.L3_HOT;
      Optional<Route.Remote> remote = PreviousRoute.toCopyIfSet(own, Layer.L4, environment, twin);
      return new Settings(
          source,
          remote.isPresent()
              ? new Updater.Remote(remote.get())
              : new Updater.Local(environment.required("TWIN_UPDATER_LAMBDA_NAME")),
          source == Source.HOT ? Optional.of(environment.required(HOT_READER)) : Optional.empty(),
          source == Source.HISTORY
              ? Optional.of(HistoryReader.Settings.of(own, environment, twin))
              : Optional.empty(),
          environment.seconds(CopyRun.LIMIT));
    }

    private static Source source(String word) {
      return switch (word) {
        case "graph" -> Source.GRAPH;
        case "hot" -> Source.HOT;
        case "history" -> Source.HISTORY;
        default -> throw ConfigurationError.bad(SOURCE, "it is none of graph, hot and history.");
      };
    }
  }

  /** The way to the new updater. */
  public sealed interface Updater {

    /** To another cloud. */
    record Remote(Route.Remote route) implements Updater {}

    /** On this cloud, by its name. */
    record Local(String name) implements Updater {}
  }

  /**
   * What it uses of its cloud.
   *
   * @param graph of the former twin service; empty where that is on another cloud
   * @param plans where it keeps how far it is
   */
  public record Ports(
      Optional<TwinGraph> graph, MovePlans plans, RemoteSenders senders, FunctionInvoker invoker) {}

  /**
   * Makes the copier.
   *
   * @throws ConfigurationError if the graph that it copies is not on this cloud
   */
  public TwinCopier(Settings settings, TwinInfo twin, Ports ports) {
    DeviceProperties properties = DeviceProperties.of(twin);
    Optional<HistoryReader> tiers =
        settings
            .tiers()
            .map(ways -> new HistoryReader(ways, twin, ports.senders(), ports.invoker()));
    Function<String, NewestValues> source = source(settings, ports, properties, tiers);
    this.warnings = tiers.map(HistoryReader::warnings).orElse(List.of());
    this.run =
        new CopyRun(
            ports.plans(),
            ports.senders().runtime(),
            settings.limit(),
            () -> true,
            (plan, trace, stop) ->
                new TwinCopyPass(
                        properties,
                        source.apply(trace),
                        new NewUpdater(settings.updater(), ports, trace))
                    .run(plan, stop),
            TwinCopier::report);
  }

  /** Where the values are found in a run with a trace. */
  private static Function<String, NewestValues> source(
      Settings settings, Ports ports, DeviceProperties properties, Optional<HistoryReader> tiers) {
    return switch (settings.source()) {
      case GRAPH -> {
        TwinGraph graph =
            ports
                .graph()
                .orElseThrow(() -> ConfigurationError.noStore("twin-copier", "twin graph"));
        yield trace -> NewestValues.ofGraph(graph, properties.components());
      }
      case HOT -> {
        Reader reader = new Reader.Local(settings.hotReader().orElseThrow(), ports.invoker());
        yield trace -> NewestValues.ofItems(query -> reader.post(query, trace));
      }
      case HISTORY -> {
        HistoryReader reader = tiers.orElseThrow();
        yield trace -> NewestValues.ofItems(query -> reader.items(query, trace));
      }
    };
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    return answer(run.run(event, invocation));
  }

  /** In words of a twin. */
  private static JsonObject answer(JsonObject progress) {
    JsonObject.Builder answer = JsonObject.builder();
    progress
        .members()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "state", "open", "busy", "items" -> answer.put(name, value);
                case "left" -> answer.put("not_found", value);
                case "left_count" -> answer.put("not_found_count", value);
                default -> {}
              }
            });
    return answer.build();
  }

  private static void report(CopyProgress progress, Invocation invocation) {
    JsonObject answer = progress.answer();
    progress.warnOfLeft(invocation, "No value to carry over");
    invocation.note(
        Level.INFO,
        "The newest values of the twin.",
        Map.of(
            "state", answer.text("state").orElse(""),
            "values", String.valueOf(answer.get("items"))));
  }
}
