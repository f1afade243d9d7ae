package io.twinloom.functions.processing;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.telemetry.EventList;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However events come together, the store and the dead letters are as if each had come alone. */
class BatchPartitionProperties {

  private static final Map<String, String> CHECKING =
      Map.of("USE_EVENT_CHECKING", "true", "EVENT_CHECKER_LAMBDA_NAME", "plant-event-checker");

  @Property(tries = 150)
  void aPersisterStoresAndHandsOnTheSame(
      @ForAll("events") List<JsonObject> events,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 7) Integer> sizes) {
    FakeCloud single = new FakeCloud(KnownClouds.AWS);
    FakeCloud batched = new FakeCloud(KnownClouds.AWS);
    HostedFunction one =
        single.function(FunctionKind.PERSISTER, new Twin().ruleOfPress(), CHECKING);
    HostedFunction many =
        batched.function(FunctionKind.PERSISTER, new Twin().ruleOfPress(), CHECKING);
    events.forEach(one::invoke);
    int outcomes = 0;
    for (List<JsonObject> part : parts(events, sizes)) {
      List<Outcome> made = many.invokeAll(part, batched.invoker);
      assertThat(made).hasSameSizeAs(part);
      outcomes += made.size();
    }
    assertThat(outcomes).isEqualTo(events.size());
    assertThat(stored(batched)).isEqualTo(stored(single));
    assertThat(batched.invoker.later()).isEqualTo(single.invoker.later());
    assertThat(batched.deadLetters)
        .extracting(DeadLetter::event)
        .isEqualTo(single.deadLetters.stream().map(DeadLetter::event).toList());
    assertThat(batched.log.counts()).containsExactlyInAnyOrderElementsOf(single.log.counts());
  }

  @Property(tries = 100)
  void aHotWriterStoresAndAnswersTheSame(
      @ForAll("events") List<JsonObject> events,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 7) Integer> sizes) {
    FakeCloud single = new FakeCloud(KnownClouds.AWS);
    FakeCloud batched = new FakeCloud(KnownClouds.AWS);
    Map<String, String> token = Map.of("INTER_CLOUD_TOKEN", TOKEN);
    HostedFunction one = single.function(FunctionKind.HOT_WRITER, new Twin(), token);
    HostedFunction many = batched.function(FunctionKind.HOT_WRITER, new Twin(), token);
    List<String> alone = new ArrayList<>();
    for (JsonObject event : events) {
      HttpAnswer answer = post(one, Json.bytes(event));
      alone.add(
          answer.status() == 200
              ? Json.parseObject(answer.body()).text("id").orElseThrow()
              : Integer.toString(answer.status()));
    }
    List<String> together = new ArrayList<>();
    for (List<JsonObject> part : parts(events, sizes)) {
      HttpAnswer answer = post(many, EventList.bytes(part.stream().map(Json::bytes).toList()));
      Json.parseObject(answer.body()).array("results").orElseThrow().values().stream()
          .map(JsonObject.class::cast)
          .map(r -> r.text("id").orElseGet(() -> String.valueOf(r.get("code"))))
          .forEach(together::add);
    }
    assertThat(together).isEqualTo(alone);
    assertThat(stored(batched)).isEqualTo(stored(single));
  }

  private static HttpAnswer post(HostedFunction function, byte[] body) {
    return function.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", TOKEN), Map.of()), body);
  }

  private static List<JsonObject> stored(FakeCloud cloud) {
    return cloud.hotStore.all().stream().map(HotItem::body).toList();
  }

  private static List<List<JsonObject>> parts(List<JsonObject> events, List<Integer> sizes) {
    List<List<JsonObject>> parts = new ArrayList<>();
    for (int from = 0, n = 0; from < events.size(); n++) {
      int to = Math.min(events.size(), from + sizes.get(n % sizes.size()));
      parts.add(events.subList(from, to));
      from = to;
    }
    return parts;
  }

  /** Few devices, instants and values, so that places collide and events repeat; some are bad. */
  @Provide
  Arbitrary<List<JsonObject>> events() {
    Arbitrary<String> devices = Arbitraries.of("press-1", "press-1", "oven-2", "nobody");
    Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 2);
    Arbitrary<Integer> values = Arbitraries.integers().between(0, 3);
    return Combinators.combine(devices, seconds, values)
        .as(BatchPartitionProperties::event)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  private static JsonObject event(String device, int second, int value) {
    return JsonObject.builder()
        .put("source_cloud", "aws")
        .put("timestamp", "2026-01-01T00:00:09.000000Z")
        .put(
            "trace_id",
            UUID.nameUUIDFromBytes((device + second + value).getBytes(StandardCharsets.UTF_8))
                .toString())
        .put(
            "payload",
            JsonObject.builder()
                .put("device_id", device)
                .put("timestamp", "2026-01-01T00:00:0" + second + ".000000Z")
                .put("value", value)
                .build())
        .build();
  }
}
