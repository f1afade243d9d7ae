package io.twinloom.local.deploy;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.StoredEvents;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.functions.history.Restoration;
import io.twinloom.functions.hot.ItemImport;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.functions.twin.TwinOperation;
import io.twinloom.functions.twin.TwinService;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.MoverOrders;
import io.twinloom.local.error.LocalError;
import io.twinloom.local.invoke.FunctionHost;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the deployer does with the part of a twin that one local cloud carries. */
final class LocalCloudOperations implements CloudOperations {

  private static final int PAGE = 1_000;

  private final LocalCloud cloud;
  private final Project project;
  private final MoverOrders movers;
  private final Optional<TwinService> twin;
  private final InstantSource clock;

  /**
   * @param twin the twin service; empty where it is not on this cloud
   */
  LocalCloudOperations(
      LocalCloud cloud,
      Project project,
      MoverOrders movers,
      Optional<TwinService> twin,
      InstantSource clock) {
    this.cloud = cloud;
    this.project = project;
    this.movers = movers;
    this.twin = twin;
    this.clock = clock;
  }

  @Override
  public Map<String, FunctionState> functions(List<DeployedFunction> functions) {
    Map<String, FunctionState> states = new LinkedHashMap<>();
    for (FunctionHost.Counts counts : cloud.host().counts()) {
      states.put(
          counts.function(),
          new FunctionState(
              true,
              Optional.empty(),
              new FunctionCounts(
                  counts.invocations(),
                  counts.errors(),
                  counts.batches(),
                  counts.last().map(Instant::toString).orElse(""))));
    }
    return states;
  }

  @Override
  public JsonValue call(DeployedFunction function, JsonObject event) {
    return cloud.host().dispatch(function.name(), event);
  }

  @Override
  public JsonValue move(DeployedFunction mover, Optional<Instant> now) {
    return call(mover, movers.order(mover.kind(), now.orElseGet(clock::instant)));
  }

  @Override
  public DeadLetterPage deadLetters(int limit) {
    List<DeadLetterEntry> oldest = new ArrayList<>();
    long after = 0;
    while (oldest.size() < limit) {
      int page = Math.min(PAGE, limit - oldest.size());
      List<SqliteDeadLetters.Kept> more = cloud.deadLetters().list(after, page);
      more.forEach(kept -> oldest.add(entry(kept)));
      if (more.isEmpty()) {
        break;
      }
      after = more.getLast().id();
    }
    return new DeadLetterPage(oldest, cloud.deadLetters().count());
  }

  private DeadLetterEntry entry(SqliteDeadLetters.Kept kept) {
    return DeadLetterEntry.of(prefix() + kept.id(), cloud.provider(), kept.time())
        .function(kept.letter().function())
        .error(kept.letter().error())
        .attempts(kept.letter().attempts())
        .traceId(kept.letter().traceId())
        .event(kept.letter().event())
        .build();
  }

  @Override
  public List<String> deadLetterIds() {
    return cloud.deadLetters().ids().stream().map(id -> prefix() + id).toList();
  }

  @Override
  public Optional<Replayable> replayable(String id) {
    OptionalLong number = number(id);
    Optional<DeadLetter> letter =
        number.isPresent()
            ? cloud.deadLetters().get(number.getAsLong()).map(SqliteDeadLetters.Kept::letter)
            : Optional.empty();
    return letter.map(
        kept -> {
          if (kept.event() instanceof JsonObject event) {
            return new Replayable(kept.function(), event);
          }
          throw new TwinloomException(
              LocalError.DEAD_LETTER_EVENT,
              "Its event is not a JSON object.",
              id,
              "It cannot be replayed; send its measurement again.");
        });
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    cloud.invokeLater(function, event);
  }

  @Override
  public void takeOver(DeadLetterEntry letter, Optional<String> replayedBy) {
    cloud
        .deadLetters()
        .takeOver(
            new DeadLetter(
                replayedBy.orElse(letter.function()),
                letter.keptEvent(),
                letter.error(),
                letter.attempts(),
                letter.traceId()),
            letter.time());
  }

  @Override
  public boolean discard(String id) {
    OptionalLong number = number(id);
    return number.isPresent() && cloud.deadLetters().remove(List.of(number.getAsLong())) > 0;
  }

  /** The number of a letter of this cloud; empty where the id is none of its. */
  private OptionalLong number(String id) {
    try {
      return id.startsWith(prefix())
          ? OptionalLong.of(Long.parseLong(id.substring(prefix().length())))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private String prefix() {
    return cloud.provider().id() + "-";
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    Restoration.Asked asked =
        Restoration.of(cloud.archiveStore(), project::reads, device, from, to);
    return new RestoreReport(
        asked.readable(),
        asked.pending().stream()
            .map(p -> new PendingChunk(p.key(), p.since(), p.takes()))
            .toList());
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    TwinOperation known =
        TwinOperation.of(operation)
            .orElseThrow(
                () ->
                    new TwinloomException(
                        DeployerError.TWIN_OPERATION,
                        "The twin service has no operation " + operation + ".",
                        operation));
    TwinService service =
        twin.orElseThrow(
            () -> new IllegalStateException("layer 4 is not on " + cloud.provider().id()));
    return new TwinRead(operation, service.answer(known, request));
  }

  @Override
  public List<TierSize> tiers() {
    List<TierSize> tiers = new ArrayList<>();
    if (has(Layer.L3_HOT)) {
      long items = cloud.hotStore().size().orElseThrow();
      tiers.add(new TierSize.Items(Layer.L3_HOT, cloud.provider(), items));
    }
    if (has(Layer.L3_COLD)) {
      tiers.add(size(Layer.L3_COLD, cloud.coldStore()));
    }
    if (has(Layer.L3_ARCHIVE)) {
      tiers.add(size(Layer.L3_ARCHIVE, cloud.archiveStore()));
    }
    return tiers;
  }

  /** Whether it has a store of a tier: the one that is written, or another. */
  private boolean has(Layer tier) {
    return project.placement().of(tier).equals(Optional.of(cloud.provider()))
        || project.legs().of(tier).on(cloud.provider()).isPresent();
  }

  private TierSize size(Layer tier, LocalObjectStore store) {
    LocalObjectStore.Usage usage = store.usage();
    return new TierSize.Chunks(
        tier, cloud.provider(), usage.objects(), usage.bytes(), usage.storedBytes());
  }

  @Override
  public ImportReport importItems(List<JsonObject> items, StoredEvents known) {
    ItemImport.Result result =
        new ItemImport(cloud.hotStore(), project::hasDevice, known::of).store(items);
    return ImportReport.of(result.stored(), result.present(), result.denied());
  }

  @Override
  public void removeItem(String device, String timestamp) {
    cloud.hotStore().remove(device, timestamp);
  }

  @Override
  public void removeDeadLetters(String text, Instant since) {
    cloud.deadLetters().remove(text, since);
  }

  @Override
  public void removeChunks(String device) {
    remove(cloud.coldStore(), device);
    remove(cloud.archiveStore(), device);
  }

  private static void remove(LocalObjectStore store, String device) {
    String prefix = ChunkKey.devicePrefix(device);
    LocalObjectStore.Page page;
    do {
      page = store.list(prefix, "", PAGE);
      page.entries().forEach(entry -> store.delete(entry.key()));
    } while (page.more());
  }
}
