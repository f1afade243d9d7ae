package io.twinloom.deployer.terraform;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topic;
import io.twinloom.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Terraform is given of a topology beside its functions. */
record TopologyVariables(Project project, Topology topology) {

  /** By cloud and name. */
  JsonObject stores() {
    ByCloud stores = new ByCloud();
    for (Store store : topology.stores()) {
      stores.put(
          store.cloud(),
          store.name(),
          JsonObject.builder()
              .put("cloud_name", store.cloudName())
              .put("kind", store.kind().name().toLowerCase(Locale.ROOT))
              .build());
    }
    return stores.json();
  }

  /** Those that hold no measurements: what is uploaded, dead letters, the twin service's files. */
  JsonObject bucketNames() {
    JsonObject.Builder names = JsonObject.builder();
    for (Provider cloud : Provider.all()) {
      JsonObject.Builder own = JsonObject.builder();
      for (String purpose : List.of("deployment", "dead-letters", "twin")) {
        own.put(purpose, Names.bucket(cloud, topology.twin(), purpose));
      }
      names.put(cloud.id(), own.build());
    }
    return names.build();
  }

  /** By cloud and name. */
  JsonObject schedules() {
    ByCloud schedules = new ByCloud();
    for (Schedule schedule : topology.schedules()) {
      JsonObject order =
          schedule.continues()
              ? JsonObject.builder().put("continue", true).build()
              : JsonObject.EMPTY;
      schedules.put(
          schedule.cloud(),
          schedule.name(),
          JsonObject.builder()
              .put("function", schedule.function())
              .put("cron", schedule.cron())
              .put("input", Json.text(order))
              .put("divisible", isDivisible(schedule))
              .build());
    }
    return schedules.json();
  }

  /** Whether several runs at once may each do a part: of a store of items each its own devices. */
  private boolean isDivisible(Schedule schedule) {
    return topology
        .function(schedule.id())
        .map(function -> FunctionSpec.of(function.kind()))
        .filter(spec -> spec.needs(Need.HOT_STORE) && spec.needs(Need.MOVE_PLANS))
        .isPresent();
  }

  /** Topics and devices of layer 1. */
  JsonObject channel() {
    Provider cloud = project.placement().l1();
    Map<String, String> devices = new TreeMap<>();
    for (Device device : project.devices()) {
      String name = Names.device(topology.twin(), device.id());
      devices.put(device.id(), Names.cloudName(cloud, Thing.DEVICE, name));
    }
    return JsonObject.builder()
        .put("cloud", cloud.id())
        .put("function", topology.function(FunctionKind.DISPATCHER).orElseThrow().name())
        .put("telemetry", topic(Topic.Kind.TELEMETRY))
        .put("commands", topic(Topic.Kind.COMMANDS))
        .put("devices", TerraformVariablesBuilder.texts(devices))
        .build();
  }

  private String topic(Topic.Kind kind) {
    return topology.topics().stream()
        .filter(t -> t.kind() == kind)
        .map(Topic::name)
        .findFirst()
        .orElseThrow();
  }

  /** Layer 4; empty where there is none. */
  Optional<JsonObject> twinService() {
    List<String> readers = topology.twinReaders().stream().map(DeployedFunction::name).toList();
    return topology.stores().stream()
        .filter(store -> store.kind() == Store.Kind.TWIN_GRAPH)
        .findFirst()
        .map(
            store ->
                JsonObject.builder()
                    .put("cloud", store.cloud().id())
                    .put("store", store.name())
                    .put("readers", JsonArray.ofTexts(readers))
                    .build());
  }
}
