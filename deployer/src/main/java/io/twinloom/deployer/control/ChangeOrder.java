package io.twinloom.deployer.control;

import io.twinloom.model.Layer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody wants of a change of a deployed twin.
 *
 * @param action what is to be done
 * @param project the digest of the version that the twin is to be; empty where that is not asked
 * @param tier the layer of which a former store, or whatever else it has on a former cloud, is to
 *     be retired
 * @param modes what becomes of the data of tiers that move
 * @param dataToDelete former stores whose content may be deleted, as {@code CLOUD:NAME}
 * @param anyway whether what is to be retired may be in use
 */
public record ChangeOrder(
    Action action,
    String project,
    Optional<Layer> tier,
    Map<Layer, StoreMode> modes,
    Set<String> dataToDelete,
    boolean anyway) {

  public ChangeOrder {
    modes = Map.copyOf(modes);
    dataToDelete = Set.copyOf(dataToDelete);
  }

  /** What can be done. */
  public enum Action {
    /** Become a version of the project, or go on with that. */
    MAKE,
    /** Stop the change that is under way between two phases. */
    PAUSE,
    /** Go back to the version from which the change that is under way began. */
    CANCEL,
    /** End what a layer still has on a former cloud. */
    RETIRE
  }

  /** That the twin is to be a version. */
  public static ChangeOrder make(
      String project, Map<Layer, StoreMode> modes, Set<String> dataToDelete) {
    return new ChangeOrder(Action.MAKE, project, Optional.empty(), modes, dataToDelete, false);
  }

  /** That the twin is to be a version, with the data of its tiers where it is. */
  public static ChangeOrder of(String project) {
    return make(project, Map.of(), Set.of());
  }

  /** That a change is to stop, or to be taken back. */
  public static ChangeOrder of(Action action) {
    return new ChangeOrder(action, "", Optional.empty(), Map.of(), Set.of(), false);
  }

  /** That a former store of a tier is to be retired. */
  public static ChangeOrder retire(Layer tier, boolean copies, Set<String> dataToDelete) {
    return new ChangeOrder(
        Action.RETIRE,
        "",
        Optional.of(tier),
        copies ? Map.of(tier, StoreMode.COPY) : Map.of(),
        dataToDelete,
        false);
  }

  /**
   * That what a layer without a store still has on a former cloud is to be retired.
   *
   * @param anyway also where it is in use
   */
  public static ChangeOrder retire(Layer layer, boolean anyway) {
    return new ChangeOrder(Action.RETIRE, "", Optional.of(layer), Map.of(), Set.of(), anyway);
  }

  /** The same by which further stores go with what they hold. */
  public ChangeOrder deleting(Set<String> stores) {
    Set<String> all = new TreeSet<>(dataToDelete);
    all.addAll(stores);
    return new ChangeOrder(action, project, tier, modes, all, anyway);
  }

  /** The same for another version. */
  public ChangeOrder with(String version) {
    return new ChangeOrder(action, version, tier, modes, dataToDelete, anyway);
  }
}
