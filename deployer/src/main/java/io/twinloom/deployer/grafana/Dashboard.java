package io.twinloom.deployer.grafana;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A dashboard in Grafana's classic form while it is made; panels fill rows from left to right. */
final class Dashboard {

  /** The version of the classic form; newer Grafanas migrate it when they load it. */
  private static final int SCHEMA = 39;

  private static final int COLUMNS = 24;

  private final String twin;
  private final String name;
  private final String title;
  private final Set<Sources> sources;
  private final List<JsonValue> variables = new ArrayList<>();
  private final List<JsonValue> panels = new ArrayList<>();
  private int x;
  private int y;
  private int rowHeight;

  /**
   * @param name what its file and the end of its id are
   * @param sources the data sources of its panels
   */
  Dashboard(String twin, String name, String title, Sources... sources) {
    this.twin = twin;
    this.name = name;
    this.title = title;
    this.sources = EnumSet.noneOf(Sources.class);
    this.sources.addAll(List.of(sources));
  }

  String name() {
    return name;
  }

  /** Adds a variable. */
  Dashboard variable(JsonObject variable) {
    variables.add(variable);
    return this;
  }

  /** Adds a variable whose values a query answers. */
  Dashboard variable(String variable, String label, Query query, boolean several) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("name", variable)
            .put("label", label)
            .put("type", "query")
            .put("datasource", query.source().reference())
            .put("query", query.variable(variable))
            .put("refresh", 1)
            .put("sort", 1)
            .put("multi", several)
            .put("includeAll", several);
    return variable(json.build());
  }

  /** Adds a panel. */
  Dashboard panel(Panel panel) {
    if (x + panel.width() > COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    panels.add(panel.json(panels.size() + 1, x, y));
    x += panel.width();
    rowHeight = Math.max(rowHeight, panel.height());
    return this;
  }

  JsonObject json() {
    List<JsonValue> all = new ArrayList<>();
    sources.forEach(source -> all.add(source.variable()));
    all.addAll(variables);
    return JsonObject.builder()
        .put("uid", uid(twin, name))
        .put("title", twin + ": " + title)
        .put("tags", JsonArray.ofTexts(List.of("twinloom", twin)))
        .put("schemaVersion", SCHEMA)
        .put("version", 1)
        .put("editable", true)
        .put("graphTooltip", 1)
        .put("timezone", "browser")
        .put("refresh", "30s")
        .put("time", JsonObject.builder().put("from", "now-1h").put("to", "now").build())
        .put("templating", JsonObject.builder().put("list", new JsonArray(all)).build())
        .put("annotations", JsonObject.builder().put("list", JsonArray.EMPTY).build())
        .put("panels", new JsonArray(panels))
        .build();
  }

  /** The id of a dashboard; Grafana takes 40 characters at most. */
  static String uid(String twin, String name) {
    String clean = twin.replaceAll("[^A-Za-z0-9-]", "-");
    return clean.substring(0, Math.min(clean.length(), 39 - name.length())) + "-" + name;
  }
}
