package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangeError;
import io.twinloom.deployer.change.NewestItems;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.PhaseFunctions.Caller;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Carries the newest values of a twin over to the twin service of another cloud: those that the old
 * service keeps, and of properties of which it keeps none the newest measurements of the history,
 * go through the new service's updater, which keeps whatever it has that is newer. A service that
 * keeps no values of its own is given none.
 *
 * @param project in the layout of the phase
 * @param clouds those that carry anything of the twin
 */
record TwinCopy(PreparedProject project, Map<Provider, AccountOperations> clouds, Caller caller) {

  /** Carries over what there is, and returns once the new service has taken all of it. */
  void run(Phase phase) {
    Optional<AccountOperations> from = phase.layout().placement().of(Layer.L4).map(clouds::get);
    for (Provider to : phase.layout().legs().of(Layer.L4).read()) {
      topology().functions(FunctionKind.TWIN_UPDATER).stream()
          .filter(updater -> updater.cloud() == to)
          .forEach(updater -> project.project().devices().forEach(d -> carry(d, from, updater)));
    }
  }

  private Topology topology() {
    return project.topology();
  }

  private void carry(Device device, Optional<AccountOperations> from, DeployedFunction updater) {
    Set<String> lacking =
        device.properties().stream()
            .map(Device.Property::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<JsonObject> items = new LinkedHashSet<>();
    from.ifPresent(old -> items.addAll(old.twinValues(device)));
    items.forEach(item -> lacking.removeAll(item.members().keySet()));
    if (!lacking.isEmpty()) {
      items.addAll(NewestItems.of(device.id(), lacking, this::page).values());
    }
    items.stream()
        .sorted(Comparator.comparing(item -> item.text("timestamp").orElse("")))
        .forEach(item -> send(item, updater));
  }

  private void send(JsonObject item, DeployedFunction updater) {
    JsonObject envelope =
        JsonObject.builder()
            .put("target_layer", "L4")
            .put("message_type", "twin-update")
            .put("payload", item)
            .build();
    JsonObject answer = caller.call(updater, envelope);
    if (!answer.text("status").orElse("").equals("Success")) {
      throw new TwinloomException(
          ChangeError.CHANGE_ANSWER,
          updater.name()
              + " answered "
              + Json.text(answer)
              + ", which does not say that it has taken a value.",
          updater.name() + " on " + updater.cloud().id());
    }
  }

  private HistoryPage page(HistoryRequest request) {
    JsonObject.Builder asked =
        JsonObject.builder()
            .put("device_id", request.device())
            .put("limit", request.limit())
            .put("order", "desc");
    request.page().ifPresent(token -> asked.put("nextToken", token));
    return HistoryJson.read(caller.call(topology().rangeReader(), asked.build()));
  }
}
