package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a twin is deployed as.
 *
 * @param generation counts the deployments of another project or of other clouds, from 1
 * @param project the digest of the deployed project; its copy is kept beside this
 * @param layers where each layer is, and was
 * @param retired the devices that the project has no more and whose items are still readable, by
 *     their ids, as the project had configured them
 * @param code the digest of each user function's code, by the function's name
 * @param change what is under way to become of it; its phase says where the layers are meanwhile
 */
public record DeployedState(
    long generation,
    String project,
    Map<Layer, LayerState> layers,
    SortedMap<String, Retired> retired,
    SortedMap<String, String> code,
    Optional<Change> change) {

  public DeployedState {
    layers = Collections.unmodifiableMap(new EnumMap<>(layers));
    retired = Collections.unmodifiableSortedMap(new TreeMap<>(retired));
    code = Collections.unmodifiableSortedMap(new TreeMap<>(code));
  }

  /**
   * A device that the project has no more.
   *
   * @param since when; empty where that was not written down
   */
  public record Retired(Device device, Optional<Instant> since) {}

  /** What a former cloud of a layer is still used for. */
  public enum Role {
    /** Its store is read beside the current one. */
    READABLE,
    /** Its store is kept, and neither read nor written. */
    RETAINED,
    /** It is used beside the current one: devices are still let in, or people see it. */
    FORWARDING
  }

  /** A cloud that a layer was on and that is still used for it. */
  public record Previous(Provider cloud, Role role) {}

  /**
   * Where a layer is.
   *
   * @param previous where it was, the latest first
   */
  public record LayerState(Provider current, List<Previous> previous) {
    public LayerState {
      previous = List.copyOf(previous);
    }
  }

  /** The state after the first deployment of a project. */
  public static DeployedState first(String project, Placement placement) {
    return new DeployedState(
        1,
        project,
        layers(placement, Map.of()),
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.empty());
  }

  /** The state once another project is deployed; the same project gives the same generation. */
  public DeployedState next(String other, Placement placement) {
    Map<Layer, LayerState> moved = layers(placement, layers);
    boolean same = other.equals(project) && moved.equals(layers);
    return new DeployedState(
        same ? generation : generation + 1, other, moved, retired, code, change);
  }

  /**
   * The same once one version of the project takes another's place: devices that it has no more are
   * retired, and those that it has again are not.
   */
  public DeployedState retiring(List<Device> before, List<Device> after, Instant now) {
    SortedMap<String, Retired> all = new TreeMap<>(retired);
    before.forEach(device -> all.put(device.id(), new Retired(device, Optional.of(now))));
    after.forEach(device -> all.remove(device.id()));
    return new DeployedState(generation, project, layers, all, code, change);
  }

  private static Map<Layer, LayerState> layers(Placement placement, Map<Layer, LayerState> before) {
    Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
    for (Layer layer : Layer.values()) {
      Optional<LayerState> former = Optional.ofNullable(before.get(layer));
      placement
          .of(layer)
          .ifPresent(
              cloud ->
                  layers.put(
                      layer,
                      new LayerState(
                          cloud, former.map(f -> f.previous()).orElseGet(() -> List.of()))));
    }
    return layers;
  }

  /** The same with these digests of code. */
  public DeployedState withCode(SortedMap<String, String> digests) {
    return new DeployedState(generation, project, layers, retired, digests, change);
  }

  /** The same with a change under way, or none. */
  public DeployedState with(Optional<Change> other) {
    return new DeployedState(generation, project, layers, retired, code, other);
  }

  /**
   * Where its layers are, with the stores on other clouds: that of the change's phase where one is
   * under way.
   *
   * @param placement of the deployed project
   */
  public Layout layout(Placement placement) {
    if (change.isPresent()) {
      return change.get().phase().layout();
    }
    Legs legs = Legs.NONE;
    for (Layer layer : ChangePlan.MOVING) {
      LayerState state = layers.get(layer);
      List<Leg> others =
          state == null ? List.of() : state.previous().stream().map(DeployedState::leg).toList();
      legs = legs.with(layer, new StoreLegs(others, Optional.empty()));
    }
    return new Layout(placement, legs);
  }

  /** A version of the project as it is deployed: in this state's layout. */
  public PreparedProject inLayout(PreparedProject version) {
    return layout(version.project().placement()).of(retiringOf(version));
  }

  /** A version of the project with the devices that are retired. */
  public PreparedProject retiringOf(PreparedProject version) {
    SortedMap<String, Instant> since = new TreeMap<>();
    retired.forEach((id, device) -> device.since().ifPresent(when -> since.put(id, when)));
    return version.withRetired(retired.values().stream().map(Retired::device).toList(), since);
  }

  private static Leg leg(Previous previous) {
    return switch (previous.role()) {
      case READABLE -> new Leg(previous.cloud(), Use.READ, true);
      case RETAINED -> new Leg(previous.cloud(), Use.RETAINED, true);
      case FORWARDING -> new Leg(previous.cloud(), Use.READ, false);
    };
  }

  /** The state once its change has come to its end. */
  public DeployedState changed() {
    Layout reached = change.orElseThrow().phase().layout();
    Map<Layer, LayerState> all = new EnumMap<>(Layer.class);
    all.putAll(layers);
    for (Layer layer : ChangePlan.MOVING) {
      reached
          .placement()
          .of(layer)
          .ifPresent(
              cloud -> all.put(layer, new LayerState(cloud, previous(reached.legs().of(layer)))));
    }
    return new DeployedState(generation + 1, project, all, retired, code, Optional.empty());
  }

  private static List<Previous> previous(StoreLegs legs) {
    return legs.others().stream().map(leg -> new Previous(leg.cloud(), role(leg))).toList();
  }

  private static Role role(Leg leg) {
    if (leg.use() == Use.RETAINED) {
      return Role.RETAINED;
    }
    return leg.fenced() ? Role.READABLE : Role.FORWARDING;
  }
}
