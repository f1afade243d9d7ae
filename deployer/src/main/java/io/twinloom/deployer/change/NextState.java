package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.DeployedState.LayerState;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is written of a twin when it is to be a version of its project. */
public final class NextState {

  private NextState() {}

  /**
   * The state of a version: the layers are where they were, and where the version has them
   * elsewhere a change begins that moves them.
   *
   * @param inPhases the layers that the target moves in phases
   * @param before empty where nothing is deployed
   * @param former the version that is deployed by now, where its copy is known
   * @param id of the change
   * @throws TwinloomException {@code TL-CHANGE-OPEN} if a change to another version is under way
   */
  public static DeployedState of(
      List<Layer> inPhases,
      Optional<DeployedState> before,
      Optional<PreparedProject> former,
      PreparedProject next,
      ChangeOrder order,
      String id,
      Instant now) {
    if (before.isEmpty()) {
      return DeployedState.first(next.digest(), next.project().placement()).withCode(code(next));
    }
    DeployedState state = before.get();
    Optional<Change> open = state.change();
    if (open.isPresent()) {
      if (open.get().to().equals(next.digest())) {
        return state.with(Optional.of(open.get().deleting(order.dataToDelete())));
      }
      throw open(open.get());
    }
    Placement wanted = next.project().placement();
    Placement kept = withLayersOf(state, inPhases, wanted);
    List<Device> devices = former.map(f -> f.project().devices()).orElse(List.of());
    DeployedState same =
        state
            .next(next.digest(), kept)
            .retiring(devices, next.project().devices(), now)
            .withCode(code(next));
    List<Phase> phases =
        ChangePlan.between(
            same.layout(kept),
            wanted,
            order.modes(),
            StoreNames.stores(next.topology(), order.dataToDelete()));
    return changing(same, state.project(), order, phases, id, now);
  }

  /**
   * The state once a change is to be taken back: a change to the version that it began from. The
   * same where none is under way.
   *
   * @param inPhases the layers that the target moves in phases
   * @param back that version
   */
  public static DeployedState cancelled(
      List<Layer> inPhases, DeployedState state, PreparedProject back, String id, Instant now) {
    if (state.change().isEmpty()) {
      return state;
    }
    Change open = state.change().get();
    Layout from = open.phase().layout();
    Placement wanted = from.placement();
    for (Layer layer : inPhases) {
      Placement former = back.project().placement();
      if (ChangePlan.moves(layer, wanted, former)) {
        wanted = wanted.with(layer, former.of(layer).orElseThrow());
      }
    }
    DeployedState same =
        state
            .next(back.digest(), withLayersOf(state, inPhases, back.project().placement()))
            .withCode(code(back));
    List<Phase> phases = ChangePlan.between(from, wanted, open.modes(), Set.of());
    ChangeOrder order = ChangeOrder.make(back.digest(), open.modes(), Set.of());
    return phases.isEmpty()
        ? same.with(Optional.empty())
        : changing(same, open.to(), order, phases, id, now);
  }

  /**
   * The state once a former store of a tier is not to be used any more. The same where it has none.
   *
   * @param project that is deployed
   * @param empty whether the store holds nothing
   * @throws TwinloomException {@code TL-STORE-HOLDS-DATA} if it holds something that is neither
   *     copied nor may be deleted; {@code TL-STORE-UNKNOWN} if the order names another store
   */
  public static DeployedState retiring(
      DeployedState state,
      PreparedProject project,
      ChangeOrder order,
      Predicate<StoreId> empty,
      String id,
      Instant now) {
    if (state.change().isPresent()) {
      throw open(state.change().get());
    }
    Layer tier = order.tier().orElseThrow();
    Layout from = state.layout(project.project().placement());
    if (from.legs().of(tier).others().isEmpty()) {
      return state;
    }
    Set<StoreId> named = StoreNames.stores(project.topology(), order.dataToDelete());
    StoreId store = retired(project.topology(), from, order, empty);
    boolean mayGo = named.contains(store);
    boolean read = from.legs().of(tier).read().contains(store.cloud());
    boolean copies = order.modes().get(tier) == StoreMode.COPY;
    if (copies && read) {
      return changing(
          state, state.project(), order, ChangePlan.copying(from, store, named), id, now);
    }
    if ((copies || !mayGo) && !empty.test(store)) {
      throw new TwinloomException(
          ChangeError.STORE_HOLDS_DATA,
          "The former store of "
              + tier.title()
              + " on "
              + store.cloud().id()
              + " holds measurements.",
          tier.configKey(),
          read
              ? ChangeError.STORE_HOLDS_DATA.fix()
              : "It is kept and not read any more, so that nothing is copied from it: delete it with"
                  + " 'twinloom retire PROJECT LAYER --delete-data=CLOUD:NAME'.");
    }
    ChangeOrder whole = mayGo ? order : order.deleting(StoreNames.of(project.topology(), store));
    return changing(state, state.project(), whole, ChangePlan.retiring(from, store), id, now);
  }

  /**
   * The former store that an order is about: the one that it names; else the latest on which it can
   * be carried out, which is read where it is to be copied, and empty otherwise. Where there is
   * none it is the latest, for which the order is refused.
   */
  private static StoreId retired(
      Topology topology, Layout from, ChangeOrder order, Predicate<StoreId> empty) {
    Layer tier = order.tier().orElseThrow();
    List<StoreId> others =
        from.legs().of(tier).others().stream().map(leg -> new StoreId(tier, leg.cloud())).toList();
    if (!order.dataToDelete().isEmpty()) {
      Set<StoreId> named = StoreNames.stores(topology, order.dataToDelete());
      return others.stream()
          .filter(named::contains)
          .findFirst()
          .orElseThrow(() -> unknown(topology, others, order));
    }
    List<Provider> read = from.legs().of(tier).read();
    boolean copies = order.modes().get(tier) == StoreMode.COPY;
    return others.stream()
        .filter(store -> copies ? read.contains(store.cloud()) : empty.test(store))
        .findFirst()
        .orElse(others.getFirst());
  }

  private static TwinloomException unknown(
      Topology topology, List<StoreId> others, ChangeOrder order) {
    return new TwinloomException(
        DeployerError.STORE_UNKNOWN,
        order.tier().orElseThrow().title()
            + " has no former store "
            + String.join(", ", new TreeSet<>(order.dataToDelete()))
            + ".",
        "--delete-data",
        "Name one that it has: "
            + others.stream()
                .flatMap(store -> StoreNames.of(topology, store).stream())
                .collect(Collectors.joining(", "))
            + ".");
  }

  /**
   * The state once a former store that is still read, and holds nothing any more, is not to be used
   * any more. The same where there is none.
   *
   * @param state without a change under way
   * @param project that is deployed
   * @param empty whether the store holds nothing
   */
  public static DeployedState retiringEmpty(
      DeployedState state,
      PreparedProject project,
      Predicate<StoreId> empty,
      String id,
      Instant now) {
    Layout from = state.layout(project.project().placement());
    for (Layer tier : ChangePlan.TIERS) {
      for (Provider cloud : from.legs().of(tier).read()) {
        StoreId store = new StoreId(tier, cloud);
        if (empty.test(store)) {
          ChangeOrder order =
              ChangeOrder.retire(tier, false, StoreNames.of(project.topology(), store));
          return changing(state, state.project(), order, ChangePlan.retiring(from, store), id, now);
        }
      }
    }
    return state;
  }

  private static DeployedState changing(
      DeployedState state,
      String from,
      ChangeOrder order,
      List<Phase> phases,
      String id,
      Instant now) {
    return phases.isEmpty()
        ? state
        : state.with(
            Optional.of(
                new Change(
                    id,
                    from,
                    state.project(),
                    order.modes(),
                    order.dataToDelete(),
                    phases,
                    0,
                    new Standing(Step.ENTERING, "", now))));
  }

  /**
   * The change that is to be stopped or taken back.
   *
   * @throws TwinloomException {@code TL-CHANGE-NONE} if it is over, or never began
   */
  public static Change underWay(DeployedState state) {
    return state.change().orElseThrow(NextState::none);
  }

  /** That no change is under way which could be stopped or taken back. */
  public static TwinloomException none() {
    return new TwinloomException(
        ChangeError.CHANGE_NONE,
        "No change of the twin is under way: there is nothing to stop or take back.",
        "",
        ChangeError.CHANGE_NONE.fix());
  }

  /** That a change is under way which nothing else may get in the way of. */
  public static TwinloomException open(Change change) {
    return new TwinloomException(
        ChangeError.CHANGE_OPEN,
        "A change is under way: " + change.status().at().text() + ".",
        change.id(),
        ChangeError.CHANGE_OPEN.fix());
  }

  /**
   * A version of the project with its layers where they are by now.
   *
   * @param inPhases the layers that the target moves in phases
   * @param state without a change under way
   */
  public static PreparedProject withoutMoves(
      List<Layer> inPhases, DeployedState state, PreparedProject version) {
    Layout kept = state.layout(withLayersOf(state, inPhases, version.project().placement()));
    return kept.of(state.retiringOf(version));
  }

  /**
   * A version as it is once it is deployed, for people: what earlier changes have left on former
   * clouds is there still.
   *
   * @param inPhases the layers that the target moves in phases
   */
  public static PreparedProject withFormer(
      List<Layer> inPhases, DeployedState state, PreparedProject version) {
    Placement wanted = version.project().placement();
    Placement kept = withLayersOf(state, inPhases, wanted);
    Legs legs = state.with(Optional.empty()).layout(kept).legs();
    for (Layer layer : inPhases) {
      if (!kept.of(layer).equals(wanted.of(layer))) {
        legs = legs.with(layer, StoreLegs.NONE);
      }
    }
    return new Layout(wanted, legs).of(state.retiringOf(version));
  }

  /** A placement with the layers where they are by now that move in phases. */
  private static Placement withLayersOf(
      DeployedState state, List<Layer> inPhases, Placement wanted) {
    Placement placement = wanted;
    for (Layer layer : inPhases) {
      LayerState now = state.layers().get(layer);
      if (now != null && wanted.of(layer).isPresent()) {
        placement = placement.with(layer, now.current());
      }
    }
    return placement;
  }

  private static SortedMap<String, String> code(PreparedProject project) {
    SortedMap<String, String> code = new TreeMap<>();
    for (DeployedFunction function : project.topology().functions()) {
      project.codeOf(function).ifPresent(c -> code.put(function.name(), c.digest()));
    }
    return code;
  }
}
