package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.TierContents;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.log.LogFilter;
import io.twinloom.local.log.LogReader;
import io.twinloom.local.observe.Activity;
import io.twinloom.local.observe.Conservation;
import io.twinloom.local.observe.TwinActivity;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.local.store.SqliteRuleRecords;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.ReplayMark;
import io.twinloom.model.time.Timestamps;
import io.twinloom.topology.DeployedFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is seen of a twin whose clouds run in this process. */
final class LocalLiveTwin implements LiveTwin {

  /** Figures are read at several places: what does not add up is looked at again. */
  private static final int LOOKS = 5;

  private final LocalClouds clouds;
  private final Supplier<PreparedProject> deployed;
  private final Path log;
  private final InstantSource clock;
  private final LocalTierContents contents;

  /**
   * @param deployed gives the project as it is deployed by now
   * @param log the folder of the log
   */
  LocalLiveTwin(
      LocalClouds clouds, Supplier<PreparedProject> deployed, Path log, InstantSource clock) {
    this.clouds = clouds;
    this.deployed = deployed;
    this.log = log;
    this.clock = clock;
    this.contents = new LocalTierContents(clouds.byProvider(), this::placement);
  }

  private Placement placement() {
    return deployed.get().project().placement();
  }

  private TwinActivity activity() {
    return clouds.activity();
  }

  @Override
  public Instant started() {
    return activity().start();
  }

  @Override
  public Ledger ledger(Duration window) {
    return settled(() -> look(window));
  }

  @Override
  public Ledger ledger(Duration window, Instant at) {
    return settled(() -> lookBack(window, at));
  }

  /** Looks again where something seems missing: it may have been between two counts. */
  private static Ledger settled(Supplier<Conservation.Ledger> look) {
    Conservation.Ledger ledger = look.get();
    for (int i = 1; i < LOOKS && ledger.missing() != 0; i++) {
      Thread.yield();
      ledger = look.get();
    }
    return ledger(ledger);
  }

  @Override
  public Measured measured() {
    Conservation.Counts counts = activity().conservation().counted(clock.instant());
    return new Measured(
        counts.published(), counts.stored(), counts.deadLettered(), counts.filtered());
  }

  private static Ledger ledger(Conservation.Ledger ledger) {
    return new Ledger(
        ledger.from(),
        ledger.to(),
        ledger.stored(),
        ledger.queued(),
        ledger.deadLettered(),
        ledger.filtered(),
        ledger.missing(),
        ledger.oldestQueued());
  }

  /** The queues are read first: what leaves them meanwhile is not taken for missing. */
  private Conservation.Ledger look(Duration window) {
    long queued = clouds.backlog();
    Instant now = clock.instant();
    return activity().conservation().ledger(from(window, now), now, queued);
  }

  private Conservation.Ledger lookBack(Duration window, Instant at) {
    long queued = clouds.backlog();
    Instant now = clock.instant();
    Instant to = Activity.to(at, now);
    return activity().conservation().past(from(window, to), to, now, queued);
  }

  private Instant from(Duration window, Instant to) {
    return Activity.from(window, to, started());
  }

  @Override
  public Traffic traffic(Duration window) {
    Instant now = clock.instant();
    Instant from = from(window, now);
    return traffic(from, now, activity -> figures(activity, from));
  }

  @Override
  public Traffic traffic(Duration window, Instant at) {
    Instant to = Activity.to(at, clock.instant());
    Instant from = from(window, to);
    return traffic(from, to, activity -> figures(activity, from, to));
  }

  private Traffic traffic(Instant from, Instant to, Function<Activity, Figures> figures) {
    Map<String, Figures> connections = new HashMap<>();
    activity()
        .connectionIds()
        .forEach(id -> connections.put(id, figures.apply(activity().connection(id))));
    Map<String, Figures> functions = new HashMap<>();
    deployed.get().topology().functions().stream()
        .map(DeployedFunction::name)
        .forEach(name -> functions.put(name, figures.apply(activity().function(name))));
    return new Traffic(from, to, connections, functions);
  }

  private static Figures figures(Activity activity, Instant from, Instant to) {
    return figures(
        activity.between(from, to),
        OptionalDouble.empty(),
        activity.lastBefore(to),
        new Totals(0, 0, 0, List.of()));
  }

  private static Figures figures(Activity activity, Instant from) {
    return figures(
        activity.since(from),
        activity.usual(),
        activity.last(),
        new Totals(
            activity.total(),
            activity.totalErrors(),
            activity.totalSeconds(),
            activity.totalRanges()));
  }

  private static Figures figures(
      Activity.Figures window, OptionalDouble usual, Optional<Instant> last, Totals totals) {
    return new Figures(
        window.count(),
        window.errors(),
        window.p50(),
        window.p95(),
        window.max(),
        usual,
        last,
        totals);
  }

  @Override
  public Map<String, DeviceActivity> devices() {
    Map<String, DeviceActivity> all = new HashMap<>();
    activity()
        .devices()
        .forEach(
            (id, device) ->
                all.put(
                    id,
                    new DeviceActivity(
                        device.messages(),
                        device.lastSeen(),
                        device.lastRefusal().map(r -> new Refusal(r.time(), r.code(), r.reason())),
                        device.refused())));
    return all;
  }

  @Override
  public List<RefusedTopic> refusedTopics(String device) {
    return activity().refusedTopics().of(device).stream()
        .map(r -> new RefusedTopic(r.time(), r.client(), r.topic(), r.why()))
        .toList();
  }

  @Override
  public Optional<Set<String>> connectedDevices() {
    Set<String> all = new HashSet<>();
    for (LocalCloud cloud : clouds.byProvider().values()) {
      Optional<Set<String>> here = cloud.connectedDevices();
      if (here.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(here.get());
    }
    return Optional.of(all);
  }

  @Override
  public List<JsonObject> newestItems(String device, int limit) {
    return hotStores().stream()
        .flatMap(cloud -> Optional.ofNullable(clouds.byProvider().get(cloud)).stream())
        .flatMap(
            cloud ->
                cloud
                    .hotStore()
                    .range(device, Timestamps.MIN, Timestamps.MAX, limit, HotStore.Order.DESCENDING)
                    .items()
                    .stream())
        .sorted(Comparator.comparing(HotItem::timestamp).reversed())
        .limit(limit)
        .map(HotItem::body)
        .toList();
  }

  /** The clouds whose hot store is read. */
  private List<Provider> hotStores() {
    Project project = deployed.get().project();
    List<Provider> clouds = new ArrayList<>(List.of(project.placement().l3Hot()));
    clouds.addAll(project.legs().of(Layer.L3_HOT).read());
    return clouds;
  }

  @Override
  public List<Firing> firings(FiringQuery wanted, int limit) {
    SqliteRuleRecords.Wanted records =
        new SqliteRuleRecords.Wanted(
            wanted.rule(),
            wanted.device(),
            wanted.kind().map(k -> RuleKind.valueOf(k.toUpperCase(Locale.ROOT))),
            wanted.since(),
            wanted.until());
    return clouds.byProvider().values().stream()
        .flatMap(cloud -> cloud.ruleRecords().newest(records, limit).stream())
        .sorted(Comparator.comparing(SqliteRuleRecords.Kept::time).reversed())
        .limit(limit)
        .map(LocalLiveTwin::firing)
        .toList();
  }

  private static Firing firing(SqliteRuleRecords.Kept kept) {
    InvocationLog.RuleRecord what = kept.what();
    return new Firing(
        kept.time(),
        what.kind().name().toLowerCase(Locale.ROOT),
        what.rule(),
        present(what.device()),
        kept.function(),
        present(what.traceId()),
        present(what.eventId()),
        what.text());
  }

  private static Optional<String> present(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  @Override
  public LogFollower followLog() {
    LogReader.Follower follower = new LogReader(log).follow(LogFilter.all());
    return lines -> follower.poll(json -> lines.accept(new LogLine(json)));
  }

  @Override
  public TierContents tiers() {
    return contents.read();
  }

  @Override
  public JsonValue runUserCode(String function, JsonObject event) {
    return Optional.ofNullable(clouds.byProvider().get(placement().l2()))
        .orElseThrow(() -> InvocationException.unknownFunction(function))
        .host()
        .callUserCode(function, event, event.text("trace_id").orElse(""));
  }

  @Override
  public boolean replay(String letter, JsonObject event) {
    for (Map.Entry<Provider, LocalCloud> cloud : clouds.byProvider().entrySet()) {
      String number = letter.replaceFirst("^" + cloud.getKey().id() + "-(?=\\d{1,18}$)", "");
      if (!number.equals(letter)) {
        return replay(cloud.getValue(), Long.parseLong(number), letter, event);
      }
    }
    return false;
  }

  private boolean replay(LocalCloud keeping, long number, String letter, JsonObject event) {
    Optional<SqliteDeadLetters.Kept> kept = keeping.deadLetters().get(number);
    if (kept.isEmpty()) {
      return false;
    }
    String function = kept.get().letter().function();
    Optional<LocalCloud> carrier =
        deployed
            .get()
            .topology()
            .function(function)
            .flatMap(f -> Optional.ofNullable(clouds.byProvider().get(f.cloud())));
    carrier.orElse(keeping).invokeLater(function, ReplayMark.on(event, letter));
    keeping.deadLetters().remove(List.of(number));
    return true;
  }

  @Override
  public Faults faults() {
    return new LocalFaults(activity());
  }
}
