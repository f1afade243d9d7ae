package io.twinloom.deployer.grafana;

import static io.twinloom.deployer.grafana.Query.time;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.CloudConventions.TwinSource;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices' dashboard on a cloud, where Twinloom's API is not: it reads what the cloud exposes
 * for its view.
 */
final class CloudDashboards {

  /** A panel for each component: more make no picture. */
  private static final int MOST_COMPONENTS = 50;

  private final Project project;
  private final String twin;

  CloudDashboards(Project project) {
    this.project = project;
    this.twin = project.config().name();
  }

  /** Values of the hot store through its reader, which answers with items. */
  Dashboard throughReaders() {
    Map<String, String> range = new LinkedHashMap<>();
    range.put("device_id", "${device}");
    range.put("start", Query.FROM);
    range.put("end", Query.TO);
    range.put("limit", "10000");
    Query items =
        new Query(
            Sources.READERS,
            "",
            "items",
            range,
            List.of(time("timestamp"), new Query.Column("${property}", "${property}", "number")));
    return new Dashboard(twin, "device", "device", Sources.READERS)
        .variable(custom("device", "Device", devices()))
        .variable(custom("property", "Property", properties()))
        .panel(
            Panel.series(
                "${device}: ${property}",
                "Values in the hot store.",
                24,
                "",
                List.of(items.target("A", "timeseries"))));
  }

  /** Values through the cloud's twin service: a panel for each component of a device. */
  Dashboard throughTwin(Provider cloud, TwinSource source) {
    JsonObject reference = Dashboard.chosen("twin", source.type());
    Dashboard dashboard =
        new Dashboard(twin, "device", "device")
            .source("twin", source.type(), GrafanaFiles.TWIN_UID);
    int made = 0;
    for (Hierarchy.Entity entity : entities(project.hierarchy().roots())) {
      for (Hierarchy.Component component : entity.components()) {
        if (component.device().isPresent() && made++ < MOST_COMPONENTS) {
          JsonObject target =
              JsonObject.builder()
                  .put("refId", "A")
                  .put("datasource", reference)
                  .put("queryType", source.history())
                  .put("entityId", Names.cloudName(cloud, Thing.TWIN_ENTITY, entity.id()))
                  .put(
                      "componentName",
                      Names.cloudName(cloud, Thing.TWIN_COMPONENT, component.name()))
                  .put("properties", JsonArray.ofTexts(numbers(component.properties())))
                  .put("order", "ASCENDING")
                  .build();
          dashboard.panel(
              Panel.series(
                  entity.id() + ": " + component.name(),
                  "Values of " + component.device().get() + " through the twin service.",
                  12,
                  "",
                  List.of(target)));
        }
      }
    }
    return dashboard;
  }

  private static List<Hierarchy.Entity> entities(List<Hierarchy.Entity> roots) {
    List<Hierarchy.Entity> all = new ArrayList<>();
    for (Hierarchy.Entity entity : roots) {
      all.add(entity);
      all.addAll(entities(entity.children()));
    }
    return all;
  }

  private List<String> devices() {
    return project.devices().stream().map(Device::id).toList();
  }

  private List<String> properties() {
    return project.devices().stream()
        .flatMap(device -> numbers(device.properties()).stream())
        .distinct()
        .toList();
  }

  /** The properties that a chart can show. */
  private static List<String> numbers(List<Device.Property> properties) {
    return properties.stream()
        .filter(p -> p.dataType() != DataType.STRING)
        .map(Device.Property::name)
        .toList();
  }

  /**
   * A variable whose values are known; a comma within one is escaped, as Grafana reads the list.
   */
  private static JsonObject custom(String name, String label, List<String> values) {
    List<JsonValue> options = new ArrayList<>();
    for (String value : values) {
      options.add(
          JsonObject.builder()
              .put("text", value)
              .put("value", value)
              .put("selected", options.isEmpty())
              .build());
    }
    String first = values.isEmpty() ? "" : values.getFirst();
    return JsonObject.builder()
        .put("name", name)
        .put("label", label)
        .put("type", "custom")
        .put(
            "query",
            String.join(",", values.stream().map(value -> value.replace(",", "\\,")).toList()))
        .put("current", JsonObject.builder().put("text", first).put("value", first).build())
        .put("options", new JsonArray(options))
        .build();
  }
}
