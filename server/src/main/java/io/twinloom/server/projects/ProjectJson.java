package io.twinloom.server.projects;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.Features;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.TwinConfig;
import io.twinloom.server.http.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Projects as the interface answers them. */
final class ProjectJson {

  private static final String UNIT = "unit_";

  private ProjectJson() {}

  /** One line of the list of projects. */
  static JsonObject summary(ProjectState state) {
    return JsonObject.builder()
        .put("id", state.id())
        .put("twin", text(state.project().map(p -> p.config().name())))
        .put("valid", state.isValid())
        .put("problems", state.problems().size())
        .put("running", state.running().isPresent())
        .put("target", text(state.running().map(Projects.Running::target)))
        .put("devices", state.project().map(p -> p.devices().size()).orElse(0))
        .put("placement", placement(state))
        .put("modified", text(state.modified().map(Object::toString)))
        .build();
  }

  /** Everything that is known of a project. */
  static JsonObject whole(ProjectState state) {
    Optional<Project> project = state.project();
    return JsonObject.builder()
        .put("id", state.id())
        .put("twin", text(project.map(p -> p.config().name())))
        .put("valid", state.isValid())
        .put("problems", Problems.ofProject(state.problems()))
        .put("running", state.running().isPresent())
        .put("target", text(state.running().map(Projects.Running::target)))
        .put("mode", text(project.map(p -> p.config().mode().name())))
        .put("digest", text(state.digest()))
        .put("deployedDigest", text(state.running().flatMap(Projects.Running::digest)))
        .put("placement", placement(state))
        .put(
            "devices",
            new JsonArray(
                project.map(Project::devices).orElse(List.of()).stream()
                    .<JsonValue>map(d -> device(d, project.orElseThrow()))
                    .toList()))
        .put("rules", project.map(p -> p.rules().size()).orElse(0))
        .put("days", days(project.map(Project::config)))
        .put("features", features(project.map(Project::features).orElse(Features.NONE)))
        .build();
  }

  private static JsonObject placement(ProjectState state) {
    JsonObject.Builder clouds = JsonObject.builder();
    Optional<Placement> placement = state.project().map(Project::placement);
    for (Layer layer : Layer.values()) {
      placement.flatMap(p -> p.of(layer)).ifPresent(c -> clouds.put(layer.title(), c.id()));
    }
    return clouds.build();
  }

  private static JsonObject device(Device device, Project project) {
    return JsonObject.builder()
        .put("id", device.id())
        .put(
            "properties",
            new JsonArray(
                device.properties().stream().<JsonValue>map(p -> property(p, device)).toList()))
        .put("ownCode", project.processorOf(device.id()).isPresent())
        .build();
  }

  private static JsonObject property(Device.Property property, Device device) {
    Optional<String> unit =
        device.constProperties().stream()
            .filter(c -> c.name().equals(UNIT + property.name()))
            .flatMap(c -> c.value() instanceof JsonString t ? Stream.of(t.value()) : Stream.empty())
            .findFirst();
    return JsonObject.builder()
        .put("name", property.name())
        .put("dataType", property.dataType().name())
        .put("unit", text(unit))
        .build();
  }

  private static JsonObject days(Optional<TwinConfig> config) {
    return JsonObject.builder()
        .put("hot", config.map(TwinConfig::hotDays).orElse(0))
        .put("cold", config.map(TwinConfig::coldDays).orElse(0))
        .build();
  }

  private static JsonObject features(Features features) {
    return JsonObject.builder()
        .put("useEventChecking", features.useEventChecking())
        .put("triggerNotificationWorkflow", features.triggerNotificationWorkflow())
        .put("returnFeedbackToDevice", features.returnFeedbackToDevice())
        .put("integrateErrorHandling", features.integrateErrorHandling())
        .put("needs3DModel", features.needs3DModel())
        .build();
  }

  static JsonValue text(Optional<String> text) {
    return text.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL);
  }
}
