package io.twinloom.deployer.change;

import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.util.ArrayList;
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
 */
public record DeployedState(
    long generation,
    String project,
    Map<Layer, LayerState> layers,
    SortedMap<String, Device> retired,
    SortedMap<String, String> code) {

  public DeployedState {
    layers = Collections.unmodifiableMap(new EnumMap<>(layers));
    retired = Collections.unmodifiableSortedMap(new TreeMap<>(retired));
    code = Collections.unmodifiableSortedMap(new TreeMap<>(code));
  }

  /** What a former cloud of a layer is still used for. */
  public enum Role {
    /** Its store is read beside the current one. */
    READABLE,
    /** Its devices are still let in. */
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
        1, project, layers(placement, Map.of()), new TreeMap<>(), new TreeMap<>());
  }

  /** The state once another project is deployed; the same project gives the same generation. */
  public DeployedState next(String other, Placement placement) {
    Map<Layer, LayerState> moved = layers(placement, layers);
    boolean same = other.equals(project) && moved.equals(layers);
    return new DeployedState(same ? generation : generation + 1, other, moved, retired, code);
  }

  /**
   * The same once one version of the project takes another's place: devices that it has no more are
   * retired, and those that it has again are not.
   */
  public DeployedState retiring(List<Device> before, List<Device> after) {
    SortedMap<String, Device> all = new TreeMap<>(retired);
    before.forEach(device -> all.put(device.id(), device));
    after.forEach(device -> all.remove(device.id()));
    return new DeployedState(generation, project, layers, all, code);
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
    return new DeployedState(generation, project, layers, retired, digests);
  }

  /** The clouds whose store of a layer is still read, besides the current one. */
  public List<Provider> readable(Layer layer) {
    List<Provider> clouds = new ArrayList<>();
    LayerState state = layers.get(layer);
    if (state != null) {
      state.previous().stream()
          .filter(p -> p.role() == Role.READABLE)
          .forEach(p -> clouds.add(p.cloud()));
    }
    return clouds;
  }
}
