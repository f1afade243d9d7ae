package io.twinloom.deployer.grafana;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A query of the Infinity data source, parsed by its backend, with every column's type given: a
 * time is not recognised by itself.
 *
 * @param source which data source
 * @param path below its address, with no parameters
 * @param root where the rows are in the answer
 * @param parameters of the address; macros and variables of Grafana may stand in them
 * @param columns in the order that they are shown
 */
record Query(
    Sources source,
    String path,
    String root,
    Map<String, String> parameters,
    List<Column> columns) {

  /** The parameters of every query of a range of time. */
  static final String FROM = "${__from:date:iso}";

  static final String TO = "${__to:date:iso}";

  Query {
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param selector the member of a row
   * @param title what it is called in the panel
   * @param type {@code timestamp}, {@code number}, {@code string} or {@code boolean}
   */
  record Column(String selector, String title, String type) {}

  static Column time(String selector) {
    return new Column(selector, "time", "timestamp");
  }

  static Column number(String selector) {
    return new Column(selector, selector, "number");
  }

  static Column text(String selector) {
    return new Column(selector, selector, "string");
  }

  static Column flag(String selector) {
    return new Column(selector, selector, "boolean");
  }

  /** A query of rows of the API. */
  static Query rows(String path, Map<String, String> parameters, Column... columns) {
    return new Query(Sources.ROWS, "/grafana/" + path, "rows", parameters, List.of(columns));
  }

  /**
   * As the target of a panel.
   *
   * @param format {@code table}, {@code timeseries}, {@code logs}, {@code node-graph-nodes} or
   *     {@code node-graph-edges}
   */
  JsonObject target(String refId, String format) {
    return body(refId, format).toBuilder().put("datasource", source.reference()).build();
  }

  /** As the query of a variable: its first column is the values. */
  JsonObject variable(String name) {
    return JsonObject.builder()
        .put("queryType", "infinity")
        .put("query", "")
        .put("infinityQuery", body("variable-" + name, "table"))
        .build();
  }

  private JsonObject body(String refId, String format) {
    List<JsonValue> all = new ArrayList<>();
    for (Column column : columns) {
      all.add(
          JsonObject.builder()
              .put("selector", column.selector())
              .put("text", column.title())
              .put("type", column.type())
              .build());
    }
    List<JsonValue> params = new ArrayList<>();
    parameters.forEach(
        (key, value) ->
            params.add(JsonObject.builder().put("key", key).put("value", value).build()));
    return JsonObject.builder()
        .put("refId", refId)
        .put("type", "json")
        .put("source", "url")
        .put("parser", "backend")
        .put("format", format)
        .put("url", path)
        .put(
            "url_options",
            JsonObject.builder()
                .put("method", "GET")
                .put("data", "")
                .put("params", new JsonArray(params))
                .build())
        .put("root_selector", root)
        .put("columns", new JsonArray(all))
        .put("filters", JsonArray.EMPTY)
        .build();
  }
}
