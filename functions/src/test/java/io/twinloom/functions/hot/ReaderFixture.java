package io.twinloom.functions.hot;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.HotItem;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A hot store with items, and a reader of it. */
final class ReaderFixture {

  final FakeCloud cloud = new FakeCloud(KnownClouds.GOOGLE);
  final HostedFunction reader;

  ReaderFixture(FunctionKind kind) {
    reader = cloud.function(kind, new Twin(), Map.of("INTER_CLOUD_TOKEN", TOKEN));
  }

  /** Stores an item of {@code press-1} at so many seconds of 2026. */
  void store(int second, String measurements) {
    String timestamp = "2026-01-01T00:%02d:%02d.000000Z".formatted(second / 60, second % 60);
    JsonObject.Builder body =
        object(measurements).toBuilder()
            .put("id", "press-1_" + timestamp)
            .put("device_id", "press-1")
            .put("timestamp", timestamp)
            .put("event_id", "e" + second);
    cloud.hotStore.put(new HotItem("press-1", timestamp, "e" + second, body.build()));
  }

  HttpAnswer get(String... parameters) {
    Map<String, String> query = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], parameters[i + 1]);
    }
    return reader.receive(
        new HttpHead("GET", Map.of("x-inter-cloud-token", TOKEN), query), new byte[0]);
  }

  HttpAnswer post(String body) {
    return reader.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", TOKEN), Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static JsonObject json(HttpAnswer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + new String(answer.body()));
    }
    return Json.parseObject(answer.body());
  }
}
