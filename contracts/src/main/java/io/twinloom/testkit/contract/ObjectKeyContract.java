package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Objects.content;
import static io.twinloom.testkit.contract.Objects.put;
import static io.twinloom.testkit.contract.Objects.read;
import static io.twinloom.testkit.contract.Objects.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.ObjectStore.Put;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are kept apart and exactly as they are, and none leads out of the store. */
public interface ObjectKeyContract extends ObjectStoreSubject {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "press-1/2026-01-01T00:00:00.000000Z-2026-01-01T00:00:00.000001Z/chunk-00001.json",
        "传感器-1/a.json",
        "a%2Fb/a.json",
        "é/a.json",
        ".hidden/.parts/a.json",
        "a b/c'd\"e/~x",
        "...",
        "\ud83d\ude00/a.json",
      })
  default void aKeyOfAnyLettersIsKept(String key) {
    assertThat(put(objects(), key, "[1]")).isEqualTo(Put.STORED);
    assertThat(read(objects(), key)).isEqualTo(utf8("[1]"));
    assertThat(Objects.keys(objects().list("", "", 10))).containsExactly(key);
  }

  @Test
  default void keysThatLookAlikeAreDifferent() {
    String[] keys = {"d/a", "D/a", "d/A", "é/a", "e\u0301/a", "d/a.", "d /a", "d%2Fa"};
    for (String key : keys) {
      assertThat(put(objects(), key, "[\"" + key + "\"]")).isEqualTo(Put.STORED);
    }
    for (String key : keys) {
      assertThat(objects().digest(key)).contains(content("[\"" + key + "\"]").sha256());
    }
  }

  @Test
  default void aLongKeyIsKept() {
    String key = "\ud835\udc9c".repeat(64) + "/" + "x".repeat(300) + "/" + "y".repeat(300);
    assertThat(put(objects(), key, "[1]")).isEqualTo(Put.STORED);
    assertThat(Objects.keys(objects().list("", "", 10))).containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/./b",
        "a\\b",
        "a\u0000b",
        "a\nb",
        "a\ud800b",
      })
  default void aKeyThatIsNoneIsRefused(String key) {
    assertThatThrownBy(() -> put(objects(), key, "[1]"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> objects().open(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> objects().info(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> objects().delete(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> objects().keepPart(key, 2, 1, utf8("[")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> objects().copyTo(otherObjects(), key, key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aKeyOfMoreThanItsBytesIsRefused() {
    String longest = ("x".repeat(127) + "/").repeat(7) + "y".repeat(128);
    assertThat(put(objects(), longest, "[1]")).isEqualTo(Put.STORED);
    assertThatThrownBy(() -> put(objects(), longest + "z", "[1]"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
