package io.twinloom.deployer.grafana;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** A dashboard in Grafana's classic form while it is made; panels fill rows from left to right. */
public final class Dashboard {

  /** The version of the classic form; newer Grafanas migrate it when they load it. */
  private static final int SCHEMA = 39;

  private static final int COLUMNS = 24;

  private final String twin;
  private final String name;
  private final String title;
  private final List<JsonValue> variables = new ArrayList<>();
  private final List<JsonValue> panels = new ArrayList<>();
  private String refresh = "30s";
  private int x;
  private int y;
  private int rowHeight;

  /**
   * @param name what its file and the end of its id are
   */
  public Dashboard(String twin, String name, String title) {
    this.twin = twin;
    this.name = name;
    this.title = title;
  }

  /**
   * @param sources the data sources of its panels
   */
  Dashboard(String twin, String name, String title, Sources... sources) {
    this(twin, name, title);
    EnumSet<Sources> distinct = EnumSet.noneOf(Sources.class);
    distinct.addAll(List.of(sources));
    distinct.forEach(source -> source(source.variable(), source.type(), source.uid()));
  }

  /** How a panel names a data source that a variable of the dashboard chooses. */
  public static JsonObject chosen(String variable, String type) {
    return JsonObject.builder().put("type", type).put("uid", "${" + variable + "}").build();
  }

  /**
   * Adds a variable that chooses a data source.
   *
   * @param type the id of its plugin
   * @param uid of the one that is preset
   */
  public Dashboard source(String variable, String type, String uid) {
    return variable(
        JsonObject.builder()
            .put("name", variable)
            .put("label", "Data source: " + variable)
            .put("type", "datasource")
            .put("query", type)
            .put("hide", 2)
            .put("current", JsonObject.builder().put("text", uid).put("value", uid).build())
            .build());
  }

  String name() {
    return name;
  }

  /** Asks anew as often as this, such as {@code 1m}. */
  public Dashboard refreshed(String interval) {
    refresh = interval;
    return this;
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
  public Dashboard panel(Panel panel) {
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

  /** Whether it has no panel yet. */
  public boolean isEmpty() {
    return panels.isEmpty();
  }

  public JsonObject json() {
    return JsonObject.builder()
        .put("uid", uid(twin, name))
        .put("title", twin + ": " + title)
        .put("tags", JsonArray.ofTexts(List.of("twinloom", twin)))
        .put("schemaVersion", SCHEMA)
        .put("version", 1)
        .put("editable", true)
        .put("graphTooltip", 1)
        .put("timezone", "browser")
        .put("refresh", refresh)
        .put("time", JsonObject.builder().put("from", "now-1h").put("to", "now").build())
        .put("templating", JsonObject.builder().put("list", new JsonArray(variables)).build())
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
