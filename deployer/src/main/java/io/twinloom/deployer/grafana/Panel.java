package io.twinloom.deployer.grafana;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.List;

/**
 * A panel of a dashboard.
 *
 * @param type the id of the visualisation
 * @param title what it is called
 * @param description what it shows, for people
 * @param width in columns, of which there are 24
 * @param height in rows
 * @param content its queries and options
 */
public record Panel(
    String type, String title, String description, int width, int height, Content content) {

  /**
   * What a panel shows and how.
   *
   * @param targets its queries
   * @param unit of its numbers, by Grafana's id; empty for none
   * @param options of the visualisation
   * @param repeat the variable for each of whose values there is such a panel; empty for none
   * @param range what it shows whatever range of time is chosen, such as {@code 7d}; empty for that
   */
  public record Content(
      List<JsonObject> targets, String unit, JsonObject options, String repeat, String range) {
    public Content {
      targets = List.copyOf(targets);
    }

    Content(List<JsonObject> targets, String unit, JsonObject options) {
      this(targets, unit, options, "", "");
    }
  }

  /** One number. */
  static Panel stat(
      String title, String description, String unit, JsonObject target, String field) {
    JsonObject options =
        JsonObject.builder()
            .put(
                "reduceOptions",
                JsonObject.builder()
                    .put("calcs", JsonArray.ofTexts(List.of("lastNotNull")))
                    .put("fields", "/^" + field + "$/")
                    .put("values", false)
                    .build())
            .put("colorMode", "value")
            .put("textMode", "value")
            .build();
    return new Panel("stat", title, description, 4, 4, new Content(List.of(target), unit, options));
  }

  /** A table. */
  static Panel table(String title, String description, int width, int height, JsonObject target) {
    JsonObject options = JsonObject.builder().put("showHeader", true).build();
    return new Panel(
        "table", title, description, width, height, new Content(List.of(target), "", options));
  }

  /**
   * One number of curves.
   *
   * @param calculation how it is made of a curve, by Grafana's id
   */
  public static Panel total(
      String title, String description, String calculation, List<JsonObject> targets) {
    JsonObject options =
        JsonObject.builder()
            .put(
                "reduceOptions",
                JsonObject.builder()
                    .put("calcs", JsonArray.ofTexts(List.of(calculation)))
                    .put("fields", "")
                    .put("values", false)
                    .build())
            .put("colorMode", "value")
            .put("textMode", "value")
            .build();
    return new Panel("stat", title, description, 4, 4, new Content(targets, "short", options));
  }

  /** Text of Markdown. */
  public static Panel text(String title, String text) {
    JsonObject options = JsonObject.builder().put("mode", "markdown").put("content", text).build();
    return new Panel("text", title, "", 24, 4, new Content(List.of(), "", options));
  }

  /** Curves over time. */
  public static Panel series(
      String title, String description, int width, String unit, List<JsonObject> targets) {
    JsonObject options =
        JsonObject.builder()
            .put(
                "legend",
                JsonObject.builder().put("displayMode", "list").put("placement", "bottom").build())
            .put("tooltip", JsonObject.builder().put("mode", "multi").put("sort", "desc").build())
            .build();
    return new Panel(
        "timeseries", title, description, width, 8, new Content(targets, unit, options));
  }

  /** The same for each value of a variable. */
  Panel repeated(String variable) {
    return with(
        new Content(
            content.targets(), content.unit(), content.options(), variable, content.range()));
  }

  /** The same over a range of time of its own, such as {@code 7d}. */
  public Panel over(String range) {
    return with(
        new Content(content.targets(), content.unit(), content.options(), content.repeat(), range));
  }

  private Panel with(Content other) {
    return new Panel(type, title, description, width, height, other);
  }

  /** As JSON at its place. */
  JsonObject json(int id, int x, int y) {
    JsonObject defaults =
        content.unit().isEmpty()
            ? JsonObject.EMPTY
            : JsonObject.builder().put("unit", content.unit()).build();
    JsonObject.Builder json =
        JsonObject.builder()
            .put("id", id)
            .put("type", type)
            .put("title", title)
            .put("description", description)
            .put(
                "gridPos",
                JsonObject.builder()
                    .put("h", height)
                    .put("w", width)
                    .put("x", x)
                    .put("y", y)
                    .build())
            .put(
                "fieldConfig",
                JsonObject.builder()
                    .put("defaults", defaults)
                    .put("overrides", JsonArray.EMPTY)
                    .build())
            .put("options", content.options())
            .put("targets", new JsonArray(List.<JsonValue>copyOf(content.targets())));
    content.targets().stream()
        .findFirst()
        .flatMap(target -> target.object("datasource"))
        .ifPresent(source -> json.put("datasource", source));
    if (!content.range().isEmpty()) {
      json.put("timeFrom", content.range());
    }
    if (!content.repeat().isEmpty()) {
      json.put("repeat", new JsonString(content.repeat()))
          .put("repeatDirection", "h")
          .put("maxPerRow", new JsonNumber("2"));
    }
    return json.build();
  }
}
