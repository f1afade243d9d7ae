package io.twinloom.functions.tier;

import static io.twinloom.functions.tier.TierClouds.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HotToColdSettingsTest {
  @Test
  void itGoesRemoteOnlyWhereTheAddressIsSetAndTheProvidersDiffer() {
    for (String url : new String[] {"", "  "}) {
      assertThat(goesRemote(new Twin().tiers("aws", "azure", "aws"), url)).isFalse();
    }
    assertThat(goesRemote(new Twin().tiers("aws", "aws", "aws"), TierClouds.COLD_URL)).isFalse();
    assertThat(goesRemote(new Twin().tiers("aws", "azure", "aws"), TierClouds.COLD_URL)).isTrue();
    assertThat(goesRemote(new Twin().tiers("aws", "AWS", "aws"), TierClouds.COLD_URL)).isTrue();
  }

  private static boolean goesRemote(Twin twin, String url) {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.hotStore.put(item(9));
    cloud.remote.answers(400);
    cloud
        .function(
            FunctionKind.HOT_TO_COLD_MOVER,
            twin,
            Map.of("REMOTE_COLD_WRITER_URL", url, "INTER_CLOUD_TOKEN", Twin.TOKEN))
        .invoke(JsonObject.EMPTY);
    return !cloud.remote.requests().isEmpty();
  }

  @Test
  void settingsThatAreMissingOrContradictoryStopTheStart() {
    Map<String, String> url = Map.of("REMOTE_COLD_WRITER_URL", TierClouds.COLD_URL);
    assertStops(new Twin().tiers("aws", "azure", "aws"), url, "INTER_CLOUD_TOKEN");
    assertStops(
        new Twin().tiers("aws", "azure", "aws"),
        Map.of("REMOTE_COLD_WRITER_URL", TierClouds.COLD_URL, "INTER_CLOUD_TOKEN", "  "),
        "INTER_CLOUD_TOKEN");
    Map<String, String> all =
        Map.of("REMOTE_COLD_WRITER_URL", TierClouds.COLD_URL, "INTER_CLOUD_TOKEN", Twin.TOKEN);
    for (String layer : List.of("layer_3_hot_provider", "layer_3_cold_provider")) {
      assertStops(new Twin().provider(layer, JsonNull.NULL), all, layer);
      assertStops(new Twin().provider(layer, new JsonString("")), all, layer);
    }
    assertStops(new Twin().without("config_providers"), all, "layer_3_");
    assertStops(
        new Twin().config("hot_storage_size_in_days", new JsonString("7")),
        Map.of(),
        "hot_storage_size_in_days");
    assertStops(new Twin(), Map.of("MOVER_TIME_LIMIT_SECONDS", "soon"), "MOVER_TIME_LIMIT");
  }

  private static void assertStops(Twin twin, Map<String, String> settings, String named) {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    assertThatThrownBy(() -> cloud.function(FunctionKind.HOT_TO_COLD_MOVER, twin, settings))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining(named);
  }

  @Test
  void withoutItsStoresItDoesNotStart() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remove(cloud.coldStore);
    assertThatThrownBy(() -> cloud.function(FunctionKind.HOT_TO_COLD_MOVER, new Twin(), Map.of()))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("cold store");
    FakeCloud other = new FakeCloud(KnownClouds.AWS);
    other.remove(other.hotStore);
    assertThatThrownBy(() -> other.function(FunctionKind.HOT_TO_COLD_MOVER, new Twin(), Map.of()))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("hot store");
  }

  @Test
  void itSaysWhereItStaysWithinItsCloudThoughItShouldNot() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.function(
        FunctionKind.HOT_TO_COLD_MOVER, new Twin().tiers("aws", "azure", "aws"), Map.of());
    assertThat(cloud.log.messages(Level.WARN)).hasSize(1).first().asString().contains("differ");
  }
}
