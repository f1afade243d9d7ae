package io.twinloom.topology.plan;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topic;
import io.twinloom.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A topology as the machine-readable result of {@code plan}. Holds no secret. */
public final class PlanJson {
  private PlanJson() {}

  public static JsonObject of(Topology topology) {
    return JsonObject.builder()
        .put("twin", topology.twin())
        .put("functions", list(topology.functions(), PlanJson::function))
        .put("stores", list(topology.stores(), PlanJson::store))
        .put("schedules", list(topology.schedules(), PlanJson::schedule))
        .put("topics", list(topology.topics(), PlanJson::topic))
        .put("connections", list(topology.connections(), PlanJson::connection))
        .build();
  }

  private static JsonObject function(DeployedFunction function) {
    return JsonObject.builder()
        .put("name", function.name())
        .put("cloudName", function.cloudName())
        .put("function", function.kind().id())
        .put("cloud", function.cloud().id())
        .put("layer", function.layer().title())
        .put("exposed", function.exposed())
        .put("why", function.why())
        .build();
  }

  private static JsonObject store(Store store) {
    return JsonObject.builder()
        .put("name", store.name())
        .put("cloudName", store.cloudName())
        .put("kind", store.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("cloud", store.cloud().id())
        .build();
  }

  private static JsonObject schedule(Schedule schedule) {
    return JsonObject.builder()
        .put("name", schedule.name())
        .put("cloud", schedule.cloud().id())
        .put("function", schedule.function())
        .put("cron", schedule.cron())
        .put("what", schedule.what())
        .build();
  }

  private static JsonObject topic(Topic topic) {
    return JsonObject.builder()
        .put("name", topic.name())
        .put("kind", topic.kind().name().toLowerCase(Locale.ROOT))
        .put("cloud", topic.cloud().id())
        .build();
  }

  private static JsonObject connection(Connection connection) {
    return JsonObject.builder()
        .put("id", connection.id())
        .put("from", connection.from().id())
        .put("to", connection.to().id())
        .put("function", connection.receiver().kind().id())
        .put("senders", JsonArray.ofTexts(connection.senders()))
        .put("receiver", connection.receiver().name())
        .build();
  }

  private static <T> JsonArray list(List<T> things, Function<T, JsonObject> json) {
    return new JsonArray(things.stream().<JsonValue>map(json).toList());
  }
}
