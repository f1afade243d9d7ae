package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkKeyTest {
  private static final String FIRST = "2026-01-01T00:00:00.000000Z";
  private static final String LAST = "2026-01-02T10:30:00.123456Z";

  private static ChunkKey key(String device) {
    return new ChunkKey(device, FIRST, LAST, 1, false);
  }

  @Test
  void aKeyHasTheDeviceTheTimesOfItsItemsAndFiveDigits() {
    assertThat(key("press-1").text())
        .isEqualTo(
            "press-1/2026-01-01T00:00:00.000000Z-2026-01-02T10:30:00.123456Z/chunk-00001.json");
    assertThat(new ChunkKey("d", FIRST, LAST, 123_456, true).text())
        .endsWith("/chunk-123456.json.gz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "press-1",
        "传感器-1",
        "é",
        "a/b",
        "a%2Fb",
        "50%",
        "a\nb",
        "a\\b",
        "../x",
        "a+b c",
        "_verify",
        "\ud835\udc9c",
        "%",
        "%zz"
      })
  void aKeyIsReadAsItWasMadeAndStaysWithinItsPrefix(String device) {
    String text = key(device).text();
    assertThat(ChunkKey.parse(text)).contains(key(device));
    assertThat(ObjectStore.isKey(text)).isTrue();
    assertThat(text).startsWith(ChunkKey.devicePrefix(device));
    assertThat(text.split("/")).hasSize(3);
  }

  @Test
  void onlyWhatWouldMakeItAnotherKeyIsEncoded() {
    assertThat(ChunkKey.devicePrefix("传感器-1")).isEqualTo("传感器-1/");
    assertThat(ChunkKey.devicePrefix("a/b\u0007")).isEqualTo("a%2Fb%07/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b/c",
        "press-1/2026-01-01T00:00:00.000000Z/chunk-00001.json",
        "press-1/2026-01-01T00:00:00.000000Z-2026-01-02T10:30:00.123456Z/chunk-1.json",
        "press-1/2026-01-01T00:00:00.000000Z-2026-01-02T10:30:00.123456Z/chunk-00001.txt",
        "press-1/2026-01-01T00:00:00.000000Z-2026-01-02T10:30:00.123456Z/x/chunk-00001.json",
        "/2026-01-01T00:00:00.000000Z-2026-01-02T10:30:00.123456Z/chunk-00001.json",
        "a%2f/2026-01-01T00:00:00.000000Z-2026-01-02T10:30:00.123456Z/chunk-00001.json",
        "a%/2026-01-01T00:00:00.000000Z-2026-01-02T10:30:00.123456Z/chunk-00001.json",
        "press-1/2026-01-01T00:00:00.000000Z-2026-13-02T10:30:00.123456Z/chunk-00001.json",
      })
  void anotherKeyIsNoChunks(String text) {
    assertThat(ChunkKey.parse(text)).isEmpty();
  }

  @Test
  void aRangeTouchesAChunkWhereTheyHaveAnInstantInCommon() {
    ChunkKey key = key("d");
    assertThat(key.touches(LAST, LAST)).isTrue();
    assertThat(key.touches("2025-01-01T00:00:00.000000Z", FIRST)).isTrue();
    assertThat(key.touches("2026-01-01T12:00:00.000000Z", "2026-01-01T12:00:00.000000Z")).isTrue();
    assertThat(key.touches("2026-01-02T10:30:00.123457Z", "2027-01-01T00:00:00.000000Z")).isFalse();
    assertThat(key.touches("2025-01-01T00:00:00.000000Z", "2025-12-31T23:59:59.999999Z")).isFalse();
  }

  @Test
  void timesAreThoseThatAreStored() {
    assertThatThrownBy(() -> new ChunkKey("d", "2026-01-01", LAST, 1, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
