package io.twinloom.deployer.terraform;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.CloudSettings;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
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
import java.util.TreeMap;
import java.util.function.Function;

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

  /** Layer 1, by cloud: topics and devices, which are let in unless it takes nothing more there. */
  JsonObject channels() {
    return carried(
        Layer.L1,
        cloud ->
            JsonObject.builder()
                .put("function", on(cloud, FunctionKind.DISPATCHER).name())
                .put("telemetry", topic(cloud, Topic.Kind.TELEMETRY))
                .put("commands", topic(cloud, Topic.Kind.COMMANDS))
                .put("devices", devices(cloud))
                .put("open", !project.legs().isFenced(Layer.L1, cloud))
                .build());
  }

  private JsonObject devices(Provider cloud) {
    Map<String, String> devices = new TreeMap<>();
    for (Device device : project.devices()) {
      String name = Names.device(topology.twin(), device.id());
      devices.put(device.id(), Names.cloudName(cloud, Thing.DEVICE, name));
    }
    return TerraformVariablesBuilder.texts(devices);
  }

  private DeployedFunction on(Provider cloud, FunctionKind kind) {
    return topology.functions(kind).stream()
        .filter(function -> function.cloud() == cloud)
        .findFirst()
        .orElseThrow();
  }

  private String topic(Provider cloud, Topic.Kind kind) {
    return topology.topics().stream()
        .filter(t -> t.kind() == kind && t.cloud() == cloud)
        .map(Topic::name)
        .findFirst()
        .orElseThrow();
  }

  /** Layer 4, by cloud. */
  JsonObject twinServices() {
    return carried(
        Layer.L4,
        cloud ->
            JsonObject.builder()
                .put("store", Names.twinGraph(topology.twin()))
                .put(
                    "readers",
                    JsonArray.ofTexts(
                        topology.twinReaders(cloud).stream().map(DeployedFunction::name).toList()))
                .build());
  }

  /** Layer 5, by cloud. */
  JsonObject views() {
    JsonValue admin =
        TerraformVariablesBuilder.orNull(
            project.cloudSettings().admin().map(TopologyVariables::person));
    return carried(Layer.L5, cloud -> JsonObject.builder().put("admin", admin).build());
  }

  private static JsonObject person(CloudSettings.Admin admin) {
    return JsonObject.builder()
        .put("email", admin.email())
        .put("first_name", admin.firstName())
        .put("last_name", admin.lastName())
        .build();
  }

  /** Something of each cloud that a layer is on. */
  private JsonObject carried(Layer layer, Function<Provider, JsonObject> own) {
    Map<String, JsonObject> clouds = new TreeMap<>();
    project
        .legs()
        .carriers(layer, project.placement())
        .forEach(cloud -> clouds.put(cloud.id(), own.apply(cloud)));
    JsonObject.Builder all = JsonObject.builder();
    clouds.forEach(all::put);
    return all.build();
  }
}
