package io.twinloom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The ids of devices in requests. */
class GivenDevicesTest {

  private static final String COMPOSED = "k\u00fcche";
  private static final String DECOMPOSED = "ku\u0308che";

  @Test
  @DisplayName("a device whose id is written with a combining mark is the device of the project")
  void idsAreInTheirNormalFormWhereverTheyEnter() {
    assertThat(GivenDevices.inPath(Map.of("project", DECOMPOSED, "device", DECOMPOSED)))
        .containsEntry("device", COMPOSED)
        .containsEntry("project", DECOMPOSED);
    assertThat(
            Parameters.ofAddress(object("{\"device\": \"%s\"}"), Set.of("device")).text("device"))
        .contains(COMPOSED);
    assertThat(
            Parameters.ofBody(object("{\"devices\": [\"%s\"]}"), Set.of("devices"))
                .texts("devices"))
        .containsExactly(COMPOSED);
    assertThat(
            Parameters.ofBody(object("{\"filter\": {\"device\": \"%s\"}}"), Set.of("filter"))
                .inner("filter", "device")
                .needed("device"))
        .isEqualTo(COMPOSED);
  }

  @Test
  @DisplayName("a text that is searched for stays as it is written")
  void otherTextsStayAsTheyAre() {
    assertThat(Parameters.ofAddress(object("{\"text\": \"%s\"}"), Set.of("text")).text("text"))
        .contains(DECOMPOSED);
  }

  private static JsonObject object(String json) {
    return Json.parseObject(json.formatted(DECOMPOSED).getBytes(StandardCharsets.UTF_8));
  }
}
