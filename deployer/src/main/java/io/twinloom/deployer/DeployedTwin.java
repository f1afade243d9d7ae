package io.twinloom.deployer;

import io.twinloom.deployer.CloudOperations.FunctionCounts;
import io.twinloom.deployer.CloudOperations.FunctionState;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.codec.MoveJson;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A deployed twin, the same for every target: it asks the clouds that the twin's layers are on, and
 * its target for the few things that differ. May be used by any thread.
 */
public final class DeployedTwin implements TwinControl {

  private final PreparedProject project;
  private final Topology topology;
  private final Map<Provider, CloudOperations> clouds;
  private final TargetPorts target;
  private final SecureRandom random;

  /**
   * @param project what is deployed
   * @param clouds each cloud that carries anything of it
   * @param random of new tokens, and of what {@link #verify} sends
   */
  public DeployedTwin(
      PreparedProject project,
      Map<Provider, ? extends CloudOperations> clouds,
      TargetPorts target,
      SecureRandom random) {
    this.project = project;
    this.topology = project.topology();
    this.clouds = Collections.unmodifiableMap(new TreeMap<>(clouds));
    this.target = target;
    this.random = random;
  }

  /**
   * The status of a twin that does not run.
   *
   * @param state what its target knows of it
   */
  public static StatusReport stopped(PreparedProject project, TargetState state) {
    return new Status(
            project.project(), project.topology(), state, Set.of(), Map.of(), project.versions())
        .report(0, List.of());
  }

  @Override
  public StatusReport status() {
    Map<FunctionId, FunctionCounts> counts = new HashMap<>();
    Set<Provider> healthy = new TreeSet<>();
    List<String> warnings = new ArrayList<>();
    List<TierSize> tiers = new ArrayList<>();
    long letters = 0;
    for (Map.Entry<Provider, CloudOperations> cloud : clouds.entrySet()) {
      List<DeployedFunction> here =
          topology.functions().stream().filter(f -> f.cloud() == cloud.getKey()).toList();
      Map<String, FunctionState> states = cloud.getValue().functions(here);
      states.forEach(
          (name, state) -> counts.put(new FunctionId(cloud.getKey(), name), state.counts()));
      List<String> problems =
          here.stream().flatMap(f -> problem(f, states.get(f.name())).stream()).toList();
      if (problems.isEmpty()) {
        healthy.add(cloud.getKey());
      }
      warnings.addAll(problems);
      letters += cloud.getValue().deadLetters(0).total();
      tiers.addAll(cloud.getValue().tiers());
    }
    tiers.sort(Comparator.comparing(TierSize::tier));
    TargetState state = target.state().get();
    warnings.addAll(state.warnings());
    return new Status(
            project.project(),
            topology,
            state.withWarnings(warnings),
            healthy,
            counts,
            project.versions())
        .report(letters, tiers);
  }

  private static Optional<String> problem(
      DeployedFunction function, @Nullable FunctionState state) {
    if (state != null && state.active()) {
      return Optional.empty();
    }
    String how =
        state == null
            ? " is not there: deploy the twin again."
            : " does not run: " + state.problem().orElse("its cloud does not say why") + ".";
    return Optional.of(function.name() + " on " + function.cloud().id() + how);
  }

  @Override
  public HistoryPage query(HistoryRequest request) {
    return new HistoryQuery(this::call, topology).page(request);
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    return on(Layer.L3_ARCHIVE).restore(device, from, to);
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    return on(Layer.L4).readTwin(operation, request);
  }

  @Override
  public DeadLetterPage deadLetters(int limit) {
    List<DeadLetterEntry> all = new ArrayList<>();
    long total = 0;
    for (CloudOperations cloud : clouds.values()) {
      DeadLetterPage page = cloud.deadLetters(limit);
      total += page.total();
      all.addAll(page.items());
    }
    all.sort(Comparator.comparing(DeadLetterEntry::time));
    return new DeadLetterPage(all.subList(0, Math.min(limit, all.size())), total);
  }

  @Override
  public List<String> deadLetterIds() {
    return clouds.values().stream().flatMap(cloud -> cloud.deadLetterIds().stream()).toList();
  }

  @Override
  public ReplayReport replay(List<String> ids) {
    return ofLetters(
        ids, (cloud, id) -> cloud.replay(id, function -> carrier(function).orElse(cloud)));
  }

  /** The cloud that carries a function now; an existing one that a rule names is on layer 2's. */
  private Optional<CloudOperations> carrier(String name) {
    return topology
        .function(name)
        .map(function -> on(function.cloud()))
        .or(
            () ->
                Topology.foreignActions(project.project()).contains(name)
                    ? Optional.of(on(Layer.L2))
                    : Optional.empty());
  }

  @Override
  public DiscardReport discard(List<String> ids) {
    ReplayReport done = ofLetters(ids, CloudOperations::discard);
    return new DiscardReport(done.replayed(), done.left());
  }

  /** Does something with each letter; one that it cannot be done with does not keep the others. */
  private ReplayReport ofLetters(List<String> ids, BiPredicate<CloudOperations, String> what) {
    Map<String, Optional<String>> outcomes = new LinkedHashMap<>();
    for (CloudOperations cloud : clouds.values()) {
      // Those that fail again meanwhile are not among them.
      for (String id : ids.isEmpty() ? cloud.deadLetterIds() : ids) {
        try {
          if (what.test(cloud, id)) {
            outcomes.put(id, Optional.empty());
          }
        } catch (TwinloomException e) {
          outcomes.put(id, Optional.of(e.what()));
        }
      }
    }
    return ReplayReport.of(ids, outcomes);
  }

  @Override
  public MoveReport move(TierMove move, Optional<Instant> now) {
    DeployedFunction mover = topology.function(move.mover()).orElseThrow();
    return MoveJson.read(
        on(mover.cloud()).move(mover, now) instanceof JsonObject result
            ? result
            : JsonObject.EMPTY);
  }

  @Override
  public ImportReport importItems(List<JsonObject> items) {
    TierEvents known = new TierEvents(this);
    ImportReport report = on(Layer.L3_HOT).importItems(items, known);
    return report.withPending(known.pending());
  }

  @Override
  public synchronized RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
    return new TokenRotation(
            topology, target.connections(), new TokenGenerator(random), target.tokens())
        .rotate(connection, dropFormer);
  }

  /** {@inheritDoc} A target that can do this stands before the twin and does it itself. */
  @Override
  public ChangeReport change(ChangeOrder order) {
    throw new TwinloomException(
        DeployerError.CHANGE_NOT_LIVE,
        "This target changes a twin by deploying it.",
        topology.twin(),
        DeployerError.CHANGE_NOT_LIVE.fix());
  }

  @Override
  public VerifyReport verify(Optional<String> device, Duration limit) {
    try (VerificationTarget lent = target.verification().get()) {
      return new Verification(project.project(), topology, lent, new Access(), random)
          .run(device, limit);
    }
  }

  private JsonValue call(String name, JsonObject event) {
    DeployedFunction function = topology.function(name).orElseThrow(() -> unknown(name));
    return on(function.cloud()).call(function, event);
  }

  /** That a twin has no function of a name. */
  public static TwinloomException unknown(String name) {
    return new TwinloomException(
        ModelError.FUNCTION_UNKNOWN,
        "The twin has no function " + name + ".",
        name,
        "'plan' lists its functions.");
  }

  private CloudOperations on(Provider cloud) {
    CloudOperations operations = clouds.get(cloud);
    if (operations == null) {
      throw new TwinloomException(
          DeployerError.CLOUD_NOT_DEPLOYED,
          "Nothing of the twin is deployed to " + cloud.id() + ".",
          topology.twin(),
          "Deploy the twin: the project has changed since.");
    }
    return operations;
  }

  private CloudOperations on(Layer layer) {
    return on(
        project
            .project()
            .placement()
            .of(layer)
            .orElseThrow(
                () ->
                    new TwinloomException(
                        DeployerError.TWIN_NONE,
                        "This twin has no " + layer.title() + ".",
                        layer.configKey(),
                        "Name a cloud for it in config_providers.json.")));
  }

  /** What verifying may do beyond what it lets a device do. */
  private final class Access implements StoreAccess {

    @Override
    public JsonValue call(String function, JsonObject event) {
      return DeployedTwin.this.call(function, event);
    }

    @Override
    public void removeItem(String device, String timestamp) {
      on(Layer.L3_HOT).removeItem(device, timestamp);
    }

    @Override
    public void removeChunks(String device) {
      clouds.values().forEach(cloud -> cloud.removeChunks(device));
    }

    @Override
    public void removeDeadLetters(String text, Instant since) {
      clouds.values().forEach(cloud -> cloud.removeDeadLetters(text, since));
    }
  }
}
