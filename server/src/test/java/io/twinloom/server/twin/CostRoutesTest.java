package io.twinloom.server.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cost, placements and moves over REST: the answers of the commands. */
class CostRoutesTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private TwinServer.Mounted server;

  @BeforeEach
  void start() {
    server = ServedTwin.mount(new AskedTwin(), by -> {});
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void thePlanIsPricedWithTheUsageOfTheRequest() throws Exception {
    JsonObject small = asked("cost", "");
    JsonObject large =
        asked(
            "cost",
            "{\"usage\": {\"numberOfDevices\": 5000}, \"budget\": 1, \"noAllowances\": true}");

    assertThat(expected(large, "total")).isGreaterThan(expected(small, "total"));
    assertThat(large.get("withinBudget")).hasToString("false");
    assertThat(small.array("lines").orElseThrow().size()).isGreaterThan(20);
  }

  @Test
  void placementsAreComparedWithThePinsOfTheRequest() throws Exception {
    JsonObject answer =
        asked(
            "optimize",
            "{\"pins\": {\"l1\": \"aws\", \"l2\": \"aws\", \"l3_hot\": \"aws\", \"l3_cold\": \"aws\"}}");

    assertThat(answer.object("best").flatMap(b -> b.object("placement")).flatMap(p -> p.text("l1")))
        .contains("aws");
    assertThat(answer.array("front").orElseThrow().size()).isPositive();
  }

  @Test
  void aMoveIsAnsweredWithBeforeAndAfter() throws Exception {
    JsonObject move = asked("what-if", "{\"placement\": {\"l3_cold\": \"azure\"}}");
    JsonObject none = asked("what-if", "{\"placement\": {}}");

    assertThat(move.array("changes").orElseThrow().size()).isPositive();
    assertThat(none.array("changes").orElseThrow().size()).isZero();
    assertThat(move.object("after").flatMap(a -> a.object("layers"))).isPresent();
  }

  @Test
  void whatIsWrongIsAProblemWithItsPlace() throws Exception {
    HttpResponse<byte[]> layer = post("what-if", "{\"placement\": {\"l9\": \"azure\"}}");
    HttpResponse<byte[]> usage = post("cost", "{\"usage\": {\"devices\": 3}}");
    HttpResponse<byte[]> member = post("cost", "{\"currency\": \"EUR\"}");
    HttpResponse<byte[]> unused = post("cost", "{\"window\": 5}");

    assertThat(layer.statusCode()).isEqualTo(422);
    assertThat(new String(layer.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("TL-PLACEMENT-INVALID", "l9=azure");
    assertThat(usage.statusCode()).isEqualTo(422);
    assertThat(member.statusCode()).isEqualTo(400);
    assertThat(unused.statusCode()).as("though nothing is measured").isEqualTo(400);
  }

  private JsonObject asked(String route, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = post(route, body);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Json.parseObject(answer.body());
  }

  private HttpResponse<byte[]> post(String route, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/projects/hall/" + route))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static double expected(JsonObject answer, String sum) {
    return answer
        .object(sum)
        .map(s -> s.get("expected"))
        .map(JsonNumber.class::cast)
        .orElseThrow()
        .asDouble();
  }
}
