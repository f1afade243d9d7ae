package io.twinloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.Names.Collision;
import io.twinloom.model.Names.Subject;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Factory-1_b", "0123456789012345678901234567890123456789"})
  void aTwinAndAFunctionMayHaveUpToFortyPlainCharacters(String name) {
    assertThat(Names.isTwinName(name)).isTrue();
    assertThat(Names.isFunctionName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a.b", "ä", "a/b", "a\n", "01234567890123456789012345678901234567890"})
  void anyOtherNameOfATwinOrFunctionIsRefused(String name) {
    assertThat(Names.isTwinName(name)).isFalse();
    assertThat(Names.isFunctionName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "temperature-sensor-1",
        "Kühlhaus.7",
        "温度計_一",
        "-1-",
        "𝒜𝒷",
        "เซ็นเซอร์",
        "सेंसर",
        "u\u0308"
      })
  void aDeviceMayHaveAnyWordAsItsId(String id) {
    assertThat(Names.isDeviceId(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "...", "-_-", "a b", "a/b", "a#", "a+", "a\u0000", "😀"})
  void aDeviceIdIsMadeOfLettersDigitsAndThreeMarksOnly(String id) {
    assertThat(Names.isDeviceId(id)).isFalse();
  }

  @Test
  void theWrongCharacterOfADeviceIdIsNamed() {
    assertThat(DeviceIds.fault("a\u200db").orElseThrow().what())
        .isEqualTo("its character 2, U+200D (zero width joiner), is not allowed");
    assertThat(DeviceIds.fault("AA:BB:CC:DD:EE:FF").orElseThrow().fix())
        .startsWith("Write \"AA-BB-CC-DD-EE-FF\"");
    assertThat(DeviceIds.fault("my sensor").orElseThrow().fix()).startsWith("Write \"my-sensor\"");
    assertThat(DeviceIds.fault("...").orElseThrow().what()).contains("no letter");
    assertThat(DeviceIds.fault("x".repeat(65)).orElseThrow().what()).contains("65 characters");
  }

  @Test
  void aDeviceIdIsOneInHoweverManyCharactersItIsWritten() {
    assertThat(DeviceIds.normal("ku\u0308che")).isEqualTo("küche");
    assertThat(DeviceIds.isLegal("u\u0308".repeat(64))).isTrue();
  }

  @Test
  void aDeviceIdHasSixtyFourCharactersAtMostHoweverManyBytesTheyTake() {
    assertThat(Names.isDeviceId("𝒜".repeat(64))).isTrue();
    assertThat(Names.isDeviceId("𝒜".repeat(65))).isFalse();
  }

  @Test
  void namesAreComposedFromTheTwin() {
    assertThat(Names.function("mill", FunctionKind.PROCESSOR)).isEqualTo("mill-processor");
    assertThat(Names.function("mill", FunctionKind.HOT_READER_LAST_ENTRY))
        .isEqualTo("mill-hot-reader-last-entry");
    assertThat(Names.userProcessor("mill", "saw")).isEqualTo("mill-saw-processor");
    assertThat(Names.defaultProcessor("mill")).isEqualTo("mill-default-processor");
    assertThat(Names.eventAction("mill", "alarm")).isEqualTo("mill-alarm");
    assertThat(Names.hotStore("mill")).isEqualTo("mill-hot-iot-data");
    assertThat(Names.coldStore("mill")).isEqualTo("mill-cold-iot-data");
    assertThat(Names.archiveStore("mill")).isEqualTo("mill-archive-iot-data");
    assertThat(Names.device("mill", "Säge.1")).isEqualTo("mill-Säge.1");
  }

  @Test
  void aKindThatATwinHasManyOfHasNoOneName() {
    assertThatThrownBy(() -> Names.function("mill", FunctionKind.USER_PROCESSOR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Names.function("mill", FunctionKind.EVENT_ACTION))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "aws, FUNCTION, Mill_1-processor",
    "azure, FUNCTION, mill-1-processor",
    "google, FUNCTION, mill-1-processor",
    "aws, HOT_TABLE, Mill_1-hot-iot-data",
    "google, BUCKET, mill_1-cold-iot-data",
    "azure, BUCKET, mill-cold-iot-data",
  })
  void aNameThatTheCloudAllowsStaysAsItIs(Provider cloud, Thing thing, String name) {
    assertThat(Names.cloudName(cloud, thing, name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    // case
    "azure, FUNCTION, Mill-processor, mill-processor",
    "google, FUNCTION, Mill-processor, mill-processor",
    "aws, BUCKET, Mill-cold-iot-data, mill-cold-iot-data",
    // alphabet
    "aws, FUNCTION, mill-Kühlhaus.7-processor, mill-Kuhlhaus-7-processor",
    "aws, BUCKET, mill_1-cold-iot-data, mill-1-cold-iot-data",
    "google, FUNCTION, mill-温度計-processor, mill-processor",
    // beginning
    "google, FUNCTION, 1st-mill-processor, t1st-mill-processor",
    "azure, FUNCTION, _mill-processor, mill-processor",
    // words that a cloud keeps to itself
    "google, BUCKET, my-google-mill-cold-iot-data, my-mill-cold-iot-data",
    "google, BUCKET, goods-goog-cold-iot-data-g00gle, goods-goog-cold-iot-data",
    "google, BUCKET, goog-cold-iot-data, cold-iot-data",
    "azure, FUNCTION, windows-mill-processor, mill-processor",
    "azure, BUCKET, mill--1-cold-iot-data, mill-1-cold-iot-data",
    "aws, BUCKET, xn--mill-cold-iot-data, mill-cold-iot-data",
    "aws, DEVICE, mill-Säge.1, mill-Sage-1",
    "azure, DEVICE, mill-Säge.1, mill-Sage.1",
    "google, DEVICE, google-saw, le-saw",
  })
  void anyOtherNameIsCleanedAndGetsSixCharactersOfAHash(
      Provider cloud, Thing thing, String name, String cleaned) {
    assertThat(Names.cloudName(cloud, thing, name)).matches(cleaned + "-[0-9a-z]{6}");
  }

  @Test
  void aNameThatIsTooLongIsCutToTheCloudsLength() {
    String name = Names.userProcessor("mill", "s".repeat(64));
    assertThat(Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, name)).hasSize(64);
    assertThat(Names.cloudName(KnownClouds.AZURE, Thing.FUNCTION, name)).hasSize(60);
    assertThat(Names.cloudName(KnownClouds.GOOGLE, Thing.FUNCTION, name)).hasSize(63);
  }

  @Test
  void theHashNeverChangesSinceDeployedThingsAreFoundByIt() {
    assertThat(Names.cloudName(KnownClouds.AZURE, Thing.FUNCTION, "Mill-processor"))
        .isEqualTo("mill-processor-89avsj");
  }

  @Test
  void ordinaryNamesDoNotCollide() {
    assertThat(Names.collisions("mill", List.of("saw", "Saw", "user"), List.of("alarm", "alarm")))
        .isEmpty();
  }

  @Test
  void aDeviceNamedDefaultCollidesWithTheDefaultProcessor() {
    assertThat(Names.collisions("mill", List.of("default"), List.of()))
        .containsExactly(
            new Collision(
                Subject.DEVICE,
                "default",
                "mill-default-processor",
                "the processor of device default and the default processor would both be named"
                    + " mill-default-processor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"processor", "hot-writer", "workflow", "twin-updater", "connector"})
  void anEventActionMayNotHaveTheNameOfASystemFunction(String functionName) {
    assertThat(Names.collisions("mill", List.of(), List.of(functionName)))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.subject()).isEqualTo(Subject.FUNCTION_NAME);
              assertThat(c.id()).isEqualTo(functionName);
              assertThat(c.what()).contains("the system function " + functionName);
            });
  }

  @Test
  void anEventActionMayNotHaveTheNameOfAProcessor() {
    assertThat(
            Names.collisions("mill", List.of("saw"), List.of("saw-processor", "default-processor")))
        .extracting(Collision::what)
        .containsExactly(
            "the event action default-processor and the default processor would both be named"
                + " mill-default-processor",
            "the event action saw-processor and the processor of device saw would both be named"
                + " mill-saw-processor");
  }
}
