package io.twinloom.functions.settings;

import static io.twinloom.functions.fake.Twin.array;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.Twin;
import io.twinloom.json.JsonNull;
import io.twinloom.model.DataType;
import io.twinloom.model.Names;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinInfoSourceTest {

  @Test
  void itTellsTheTwinsNameDevicesProvidersAndProcessors() {
    TwinInfo twin = read(new Twin().processor("press-1", "plant-press-1-processor").json());
    assertThat(twin.twin()).isEqualTo("plant");
    assertThat(twin.debug()).isFalse();
    assertThat(twin.hasDevice("press-1")).isTrue();
    assertThat(twin.hasDevice("press")).isFalse();
    assertThat(twin.typesOf("press-1"))
        .containsEntry("temperature", DataType.DOUBLE)
        .containsEntry("serial", DataType.LONG);
    assertThat(twin.providers()).containsEntry("layer_3_hot_provider", "aws");
    assertThat(twin.processorOf("press-1")).contains("plant-press-1-processor");
    assertThat(twin.processorOf("oven-2")).isEmpty();
  }

  @Test
  void theDefaultProcessorServesDevicesWithoutTheirOwn() {
    TwinInfo twin =
        read(new Twin().processor("press-1", "own").processor("*", "plant-default").json());
    assertThat(twin.processorOf("press-1")).contains("own");
    assertThat(twin.processorOf("oven-2")).contains("plant-default");
  }

  @Test
  void constantPropertiesHaveTypesToo() {
    TwinInfo twin =
        read(
            new Twin()
                .with(
                    "config_iot_devices",
                    array(
                        "[{\"id\": \"d\", \"properties\": [], \"constProperties\": [{\"name\":"
                            + " \"model\", \"dataType\": \"STRING\", \"value\": \"X\"}]}]"))
                .json());
    assertThat(twin.typesOf("d")).containsExactly(Map.entry("model", DataType.STRING));
  }

  @Test
  void aComponentHasTheDeviceThatTheHierarchySaysElseThatOfItsName() {
    TwinInfo twin = read(new Twin().json());
    assertThat(twin.deviceOf("hall", "press")).contains("press-1");
    assertThat(twin.deviceOf("annex", "oven-2")).contains("oven-2");
    assertThat(twin.deviceOf("elsewhere", "press-1")).contains("press-1");
    assertThat(twin.deviceOf("elsewhere", "press")).isEmpty();
  }

  @Test
  void aComponentIsFoundByTheNameThatTwinMakerHasAndIsStillOne() {
    TwinInfo twin =
        read(
            new Twin()
                .with(
                    "twin_hierarchy",
                    object(
                        "{\"type\": \"entity\", \"id\": \"e\", \"children\": [{\"type\":"
                            + " \"component\", \"name\": \"Öfen.2\", \"iotDeviceId\":"
                            + " \"oven-2\"}]}"))
                .json());
    String component = Names.cloudName(KnownClouds.AWS, Names.Thing.TWIN_COMPONENT, "Öfen.2");
    assertThat(component).isNotEqualTo("Öfen.2");
    String entity = Names.cloudName(KnownClouds.AWS, Names.Thing.TWIN_ENTITY, "e");
    assertThat(twin.deviceOf(entity, component)).contains("oven-2");
    assertThat(twin.deviceOf("e", "Öfen.2")).contains("oven-2");
    assertThat(twin.components().devices()).hasSize(1);
  }

  @Test
  void aHierarchyMayBeOneTreeOrNone() {
    Twin one =
        new Twin()
            .with(
                "twin_hierarchy",
                object(
                    "{\"type\": \"entity\", \"id\": \"e\", \"children\": [{\"type\": \"component\","
                        + " \"name\": \"c\", \"iotDeviceId\": \"oven-2\"}]}"));
    assertThat(read(one.json()).deviceOf("e", "c")).contains("oven-2");
    assertThat(
            read(new Twin().with("twin_hierarchy", JsonNull.NULL).json()).deviceOf("x", "press-1"))
        .contains("press-1");
    assertThat(read(new Twin().without("twin_hierarchy").json()).components().devices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"config\":",
        "{\"config\": {}, \"config_iot_devices\": []}",
        "{\"config\": {\"digital_twin_name\": \" \"}, \"config_iot_devices\": []}",
        "{\"config\": {\"digital_twin_name\": \"t\"}}",
        "{\"config\": {\"digital_twin_name\": \"t\"}, \"config_iot_devices\": {}}",
        "{\"config\": {\"digital_twin_name\": \"t\"}, \"config_iot_devices\": [{}]}",
        "{\"config\": {\"digital_twin_name\": \"t\"}, \"config_iot_devices\": [7]}",
        "{\"config\": {\"digital_twin_name\": \"t\"}, \"config_iot_devices\":"
            + " [{\"id\": \"d\", \"properties\": [{\"name\": \"p\", \"dataType\": \"FLOAT\"}]}]}",
        "{\"config\": {\"digital_twin_name\": \"t\"}, \"config_iot_devices\": [],"
            + " \"twin_hierarchy\": \"x\"}",
      })
  void whatIsNoTwinStopsTheStart(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("DIGITAL_TWIN_INFO");
  }

  @Test
  void theValueMayStandInAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("twin.json"), new Twin().json());
    assertThat(read("file:" + file).twin()).isEqualTo("plant");
    assertThatThrownBy(() -> read("file:" + folder.resolve("missing.json")))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("missing.json");
  }

  @Test
  void functionsWithTheSameTextShareIt() {
    TwinInfoSource source = new TwinInfoSource();
    String json = new Twin().processor("*", "shared").json();
    TwinInfo first = source.read(environment(json));
    assertThat(source.read(environment(new String(json)))).isSameAs(first);
    TwinInfo other = source.read(environment(new Twin().processor("*", "other").json()));
    assertThat(other.processorOf("oven-2")).contains("other");
  }

  private static TwinInfo read(String value) {
    return new TwinInfoSource().read(environment(value));
  }

  private static Environment environment(String value) {
    return new Environment(Map.of("DIGITAL_TWIN_INFO", value));
  }
}
