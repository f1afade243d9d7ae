package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does with a query what Grafana's Infinity data source does with its backend parser: replaces
 * variables and macros, asks the address below that of the data source, selects the rows and gives
 * each column the type that the query says. What the plugin would not take fails here.
 */
final class InfinityStandIn {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;
  private final Map<String, String> variables = new LinkedHashMap<>();

  /**
   * @param address of the data source: only this host may be asked
   */
  InfinityStandIn(URI address, Instant from, Instant to) {
    this.address = address;
    variables.put("__from:date:iso", from.toString());
    variables.put("__to:date:iso", to.toString());
    variables.put("__interval_ms", "60000");
  }

  /** Sets a variable of the dashboard. */
  void set(String name, String value) {
    variables.put(name, value);
  }

  /** A text with its variables replaced. */
  String replaced(String text) {
    String result = text;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      result = result.replace("${" + variable.getKey() + "}", variable.getValue());
    }
    assertThat(result).as("every variable is defined").doesNotContain("${");
    return result;
  }

  /** The values of a variable: the first column of its query. */
  List<String> values(JsonObject variable) throws Exception {
    JsonObject query = variable.object("query").orElseThrow();
    assertThat(query.text("queryType")).contains("infinity");
    List<String> values = new ArrayList<>();
    for (List<Object> row : frame(query.object("infinityQuery").orElseThrow())) {
      values.add(String.valueOf(row.getFirst()));
    }
    return values;
  }

  /** The rows of a query, each as the values of its columns. */
  List<List<Object>> frame(JsonObject query) throws Exception {
    assertThat(query.text("type")).contains("json");
    assertThat(query.text("source")).contains("url");
    assertThat(query.text("parser")).contains("backend");
    JsonObject answer = asked(query);
    JsonArray rows = answer.array(query.text("root_selector").orElseThrow()).orElseThrow();
    List<JsonObject> columns = objects(query, "columns");
    assertThat(columns).as("the backend parser is given its columns").isNotEmpty();
    List<List<Object>> frame = new ArrayList<>();
    for (JsonValue row : rows) {
      List<Object> values = new ArrayList<>();
      for (JsonObject column : columns) {
        JsonValue value = ((JsonObject) row).get(replaced(column.text("selector").orElseThrow()));
        values.add(typed(value, column.text("type").orElseThrow(), row.toString()));
      }
      frame.add(values);
    }
    return frame;
  }

  private static Object typed(JsonValue value, String type, String row) {
    return switch (type) {
      case "timestamp" -> Instant.parse(text(value, row));
      case "string" -> text(value, row);
      case "number" -> {
        assertThat(value).as(row).isInstanceOf(JsonNumber.class);
        yield ((JsonNumber) value).asDouble();
      }
      case "boolean" -> {
        assertThat(value).as(row).isInstanceOf(JsonBoolean.class);
        yield ((JsonBoolean) value).value();
      }
      default -> throw new AssertionError("the plugin has no column type " + type);
    };
  }

  private static String text(JsonValue value, String row) {
    assertThat(value).as(row).isInstanceOf(JsonString.class);
    return ((JsonString) value).value();
  }

  private JsonObject asked(JsonObject query) throws Exception {
    String path = replaced(query.text("url").orElseThrow());
    assertThat(path).as("no address in a dashboard").doesNotContain("://");
    JsonObject options = query.object("url_options").orElseThrow();
    assertThat(options.text("method")).contains("GET");
    List<String> parameters = new ArrayList<>();
    for (JsonObject parameter : objects(options, "params")) {
      String value = replaced(parameter.text("value").orElseThrow());
      parameters.add(
          parameter.text("key").orElseThrow()
              + "="
              + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    String separator = parameters.isEmpty() ? "" : "?";
    URI url = address.resolve(path + separator + String.join("&", parameters));
    HttpResponse<byte[]> answer =
        http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as(url + " " + new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Json.parseObject(answer.body());
  }

  static List<JsonObject> objects(JsonObject parent, String name) {
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue value : parent.array(name).orElse(JsonArray.EMPTY)) {
      all.add((JsonObject) value);
    }
    return all;
  }
}
