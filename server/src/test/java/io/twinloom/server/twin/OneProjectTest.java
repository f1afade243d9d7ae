package io.twinloom.server.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.live.TwinServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The project of a twin that runs, as the page asks for it first. */
class OneProjectTest {

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
  void theRunningProjectIsTheOnlyOneOfTheList() throws Exception {
    JsonArray items = get("/projects").array("items").orElseThrow();

    assertThat(items.size()).isEqualTo(1);
    JsonObject only = (JsonObject) items.values().getFirst();
    assertThat(only.text("id")).contains("hall");
    assertThat(only.get("running")).isEqualTo(JsonBoolean.TRUE);
    assertThat(only.text("target")).contains("local");
    assertThat(only.object("placement").flatMap(p -> p.text("L3 hot"))).contains("aws");
    assertThat(only.text("modified")).isPresent();
  }

  @Test
  void itsDevicesAndDigestsAreThoseThatWereDeployed() throws Exception {
    JsonObject project = get("/projects/hall");

    assertThat(project.text("twin")).contains("hall");
    assertThat(project.get("valid")).isEqualTo(JsonBoolean.TRUE);
    assertThat(project.text("deployedDigest")).contains("d1");
    assertThat(project.text("digest")).isPresent();
    assertThat(project.object("days").map(d -> String.valueOf(d.get("hot")))).contains("30");
    assertThat(project.array("devices").orElseThrow().size()).isPositive();
  }

  private JsonObject get(String path) throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(server.address().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Json.parseObject(answer.body());
  }
}
