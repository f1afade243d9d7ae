package io.twinloom.local.deploy;

import io.twinloom.deployer.change.NewestItems;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.port.TwinGraph.Value;
import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries the newest values of a twin over to the graph of another cloud: from the old graph, or
 * from the history, newest first, where the old twin service keeps none. A service that keeps none
 * is given none.
 *
 * @param from the old graph
 * @param history answers from all stores
 */
record GraphCopy(Graph from, Graph to, Function<HistoryRequest, HistoryPage> history) {

  private static final int PAGE = 200;

  /** The graph of a cloud. */
  record Graph(Provider cloud, TwinGraph values) {

    /** Whether it has values of its own. */
    boolean keepsValues() {
      return cloud.conventions().twinService() == TwinService.PUSHED;
    }
  }

  /**
   * Carries over what there is.
   *
   * @return a property whose value the new graph has not taken; empty where it has taken all
   */
  Optional<String> run() {
    if (!to.keepsValues()) {
      return Optional.empty();
    }
    String after = "";
    for (List<Entity> part; !(part = to.values().entities(after, PAGE)).isEmpty(); ) {
      for (Entity entity : part) {
        after = entity.id();
        for (Component component : entity.components()) {
          Optional<String> missing = carry(entity, component);
          if (missing.isPresent()) {
            return missing;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> carry(Entity entity, Component component) {
    Map<String, Value> newest = newest(entity, component);
    newest.forEach(
        (property, value) ->
            to.values()
                .update(
                    entity.id(), component.name(), value.time(), Map.of(property, value.value())));
    Map<String, Value> there = to.values().values(entity.id(), component.name());
    return newest.entrySet().stream()
        .filter(wanted -> !isThere(there.get(wanted.getKey()), wanted.getValue()))
        .map(wanted -> entity.id() + "." + component.name() + "." + wanted.getKey())
        .findFirst();
  }

  private static boolean isThere(@Nullable Value value, Value wanted) {
    return value != null && value.time().compareTo(wanted.time()) >= 0;
  }

  private Map<String, Value> newest(Entity entity, Component component) {
    return from.keepsValues()
        ? from.values().values(entity.id(), component.name())
        : component.device().map(device -> fromHistory(device, component)).orElse(Map.of());
  }

  private Map<String, Value> fromHistory(String device, Component component) {
    Set<String> wanted =
        component.properties().stream().map(Device.Property::name).collect(Collectors.toSet());
    Map<String, Value> found = new LinkedHashMap<>();
    NewestItems.of(device, wanted, history)
        .forEach(
            (property, item) ->
                found.put(
                    property,
                    new Value(
                        Objects.requireNonNull(item.get(property)),
                        item.text("timestamp").orElse(""))));
    return found;
  }
}
