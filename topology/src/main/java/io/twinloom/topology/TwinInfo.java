package io.twinloom.topology;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.EventRule;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.UserCode;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code DIGITAL_TWIN_INFO}: what every function knows of its twin. Holds no secret. */
final class TwinInfo {
  private TwinInfo() {}

  /** The setting's text; as long as the project's files, so make it once for all functions. */
  static String text(Project project) {
    return text(project, Map.of());
  }

  /**
   * The same with further code.
   *
   * @param former the functions with the code that retired devices had, by the devices
   */
  static String text(Project project, Map<String, String> former) {
    return Json.text(base(project, former).build());
  }

  /**
   * As a function knows it: where its own layer is on several clouds, it is where the function is,
   * and the others are named besides.
   *
   * @param former as in {@link #text(Project, Map)}
   */
  static String text(Project project, DeployedFunction function, Map<String, String> former) {
    JsonObject.Builder info = base(project, former);
    JsonObject.Builder previous = JsonObject.builder();
    JsonObject.Builder providers = providers(project).toBuilder();
    for (Layer layer : project.legs().tiers().keySet()) {
      Provider seen = seen(layer, function, project);
      providers.put(layer.configKey(), seen.id());
      List<Provider> others =
          layer.isTier() || project.placement().of(layer).equals(Optional.of(seen))
              ? project.legs().readBeside(layer, seen, project.placement())
              : List.of();
      if (!others.isEmpty()) {
        previous.put(
            layer.configKey(), JsonArray.ofTexts(others.stream().map(Provider::id).toList()));
      }
    }
    info.put("config_providers", providers.build());
    JsonObject some = previous.build();
    return Json.text((some.members().isEmpty() ? info : info.put("previous", some)).build());
  }

  /** Where a layer is for a function: its own is where it is itself. */
  static Provider seen(Layer layer, DeployedFunction function, Project project) {
    return function.layer() == layer
        ? function.cloud()
        : project.placement().of(layer).orElseThrow();
  }

  private static JsonObject.Builder base(Project project, Map<String, String> former) {
    JsonObject.Builder info =
        JsonObject.builder()
            .put("config", config(project.config()))
            .put("config_iot_devices", list(project.devices(), TwinInfo::device))
            .put("config_events", list(project.rules(), EventRule::source))
            .put("config_providers", providers(project))
            .put("twin_hierarchy", list(project.hierarchy().roots(), TwinInfo::entity))
            .put("processors", processors(project, former));
    if (!project.retired().isEmpty()) {
      info.put("retired_devices", list(project.retired(), device -> retired(device, project)));
    }
    return info;
  }

  private static JsonObject config(TwinConfig config) {
    JsonObject.Builder out =
        JsonObject.builder()
            .put("digital_twin_name", config.name())
            .put("hot_storage_size_in_days", config.hotDays())
            .put("cold_storage_size_in_days", config.coldDays())
            .put("mode", config.mode().name());
    if (config.compressChunks()) {
      out.put("compress_chunks", true);
    }
    return out.build();
  }

  private static JsonObject providers(Project project) {
    JsonObject.Builder providers = JsonObject.builder();
    for (Layer layer : Layer.values()) {
      String cloud = project.placement().of(layer).map(Provider::id).orElse("none");
      providers.put(layer.configKey(), cloud);
    }
    return providers.build();
  }

  private static JsonObject device(Device device) {
    JsonObject.Builder out =
        JsonObject.builder()
            .put("id", device.id())
            .put("properties", list(device.properties(), TwinInfo::property));
    if (!device.constProperties().isEmpty()) {
      out.put("constProperties", list(device.constProperties(), TwinInfo::constProperty));
    }
    return out.build();
  }

  private static JsonObject retired(Device device, Project project) {
    JsonObject json = device(device);
    Instant since = project.fleet().retiredAt().get(device.id());
    return since == null ? json : json.toBuilder().put("retired_at", Timestamps.of(since)).build();
  }

  private static JsonObject property(Device.Property property) {
    JsonObject.Builder out = typed(property.name(), property.dataType());
    property.initValue().ifPresent(value -> out.put("initValue", value));
    return out.build();
  }

  private static JsonObject constProperty(Device.ConstProperty property) {
    return typed(property.name(), property.dataType()).put("value", property.value()).build();
  }

  private static JsonObject.Builder typed(String name, DataType type) {
    return JsonObject.builder().put("name", name).put("dataType", type.name());
  }

  private static JsonObject entity(Hierarchy.Entity entity) {
    List<JsonValue> children = new ArrayList<>();
    entity.children().forEach(child -> children.add(entity(child)));
    entity.components().forEach(component -> children.add(component(component)));
    JsonObject.Builder out =
        JsonObject.builder()
            .put("type", "entity")
            .put("id", entity.id())
            .put("children", new JsonArray(children));
    if (!entity.relations().isEmpty()) {
      out.put("relations", list(entity.relations(), TwinInfo::relation));
    }
    return out.build();
  }

  private static JsonObject relation(Hierarchy.Relation relation) {
    return JsonObject.builder()
        .put("name", relation.name())
        .put("target", relation.target())
        .build();
  }

  private static JsonObject component(Hierarchy.Component component) {
    JsonObject.Builder out =
        JsonObject.builder()
            .put("type", "component")
            .put("name", component.name())
            .put("componentTypeId", component.componentTypeId());
    component.device().ifPresent(device -> out.put("iotDeviceId", device));
    out.put("properties", list(component.properties(), TwinInfo::property));
    if (!component.constProperties().isEmpty()) {
      out.put("constProperties", list(component.constProperties(), TwinInfo::constProperty));
    }
    return out.build();
  }

  private static JsonObject processors(Project project, Map<String, String> former) {
    String twin = project.config().name();
    JsonObject.Builder out = JsonObject.builder();
    for (UserCode code : project.userCode()) {
      switch (code.role()) {
        case PROCESSOR -> out.put(code.name(), Names.userProcessor(twin, code.name()));
        case DEFAULT_PROCESSOR -> out.put("*", Names.defaultProcessor(twin));
        case EVENT_ACTION, EVENT_FEEDBACK -> {}
      }
    }
    former.forEach(out::put);
    return out.build();
  }

  private static <T> JsonArray list(List<T> things, Function<T, JsonObject> json) {
    return new JsonArray(things.stream().<JsonValue>map(json).toList());
  }
}
