package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  private static final Endpoints RUNNING =
      new Endpoints(
          ProcessId.ofThis(),
          "plant",
          URI.create("http://127.0.0.1:8090"),
          KnownClouds.GOOGLE,
          Map.of(
              KnownClouds.GOOGLE,
              new LocalClouds.Endpoint(
                  URI.create("http://127.0.0.1:8082"), URI.create("mqtt://127.0.0.1:8085"))));

  @Test
  void areReadAsTheyWereWritten() {
    assertThat(Endpoints.of(RUNNING.toJson())).contains(RUNNING);
  }

  @Test
  void noCloudIsTakenForThatOfDevicesWhereTheFileNamesNone() {
    JsonObject unknown = RUNNING.toJson().toBuilder().put("devices", "elsewhere").build();
    assertThat(Endpoints.of(unknown)).isEmpty();
    JsonObject.Builder without = JsonObject.builder();
    RUNNING.toJson().members().forEach((k, v) -> without.put(k.equals("devices") ? "other" : k, v));
    assertThat(Endpoints.of(without.build())).isEmpty();
  }
}
