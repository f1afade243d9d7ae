package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceIndexTest {

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final JsonObject BOTH =
      json(
          """
          {"aws": {"cloud": {"cloud": "aws", "endpoint": "a"}, "left": {"cloud": "aws"}},
           "google": {"cloud": {"cloud": "google", "endpoint": "g"}}}
          """);

  @Test
  void aDeviceConnectsWhereLayerOneIsOrElseWhereItMay() {
    DeviceIndex index = new DeviceIndex(Optional.of(KnownClouds.GOOGLE), DeviceIndex.byCloud(BOTH));
    assertThat(index.find("cloud").orElseThrow().text("endpoint")).contains("g");
    assertThat(index.find("left").orElseThrow().text("cloud")).contains("aws");
    assertThat(index.find("unknown")).isEmpty();
  }

  @Test
  void aCloudThatLetsNoDeviceInIsLeftOut() {
    assertThat(DeviceIndex.byCloud(json("{\"aws\": {}, \"google\": {\"s\": {}}}")))
        .containsOnlyKeys(KnownClouds.GOOGLE);
  }

  @Test
  void whatAnEarlierReleaseGaveOutByDeviceIsReadByCloud() {
    DeviceIndex index =
        new DeviceIndex(
            Optional.empty(),
            DeviceIndex.byCloud(json("{\"aws\": {\"cloud\": \"aws\", \"endpoint\": \"a\"}}")));
    assertThat(index.clouds()).containsOnlyKeys(KnownClouds.AWS);
    assertThat(index.find("aws").orElseThrow().text("endpoint")).contains("a");
  }
}
