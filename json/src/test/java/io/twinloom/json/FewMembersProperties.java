package io.twinloom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** An object's members behave as those of a map that keeps their order, few or many. */
class FewMembersProperties {

  @Property
  void theyAreThoseOfAnOrderedMap(
      @ForAll @Size(max = 60) List<@IntRange(min = -25, max = 25) Integer> changes) {
    Map<String, JsonValue> expected = new LinkedHashMap<>();
    JsonObject.Builder builder = JsonObject.builder();
    JsonObject before = builder.build();
    for (int change : changes) {
      String name = "m" + Math.abs(change);
      if (change < 0) {
        expected.remove(name);
        builder.remove(name);
      } else {
        JsonValue value = JsonNumber.of(expected.size());
        expected.put(name, value);
        builder.put(name, value);
      }
    }
    JsonObject object = builder.build();
    assertThat(before.isEmpty()).isTrue();
    assertThat(new ArrayList<>(object.members().entrySet()))
        .isEqualTo(new ArrayList<>(expected.entrySet()));
    assertThat(object).isEqualTo(JsonObject.of(expected));
    assertThat(object.members()).isEqualTo(expected).hasSameHashCodeAs(expected);
    for (int i = 0; i <= 25; i++) {
      assertThat(object.get("m" + i)).isEqualTo(expected.get("m" + i));
      assertThat(object.has("m" + i)).isEqualTo(expected.containsKey("m" + i));
    }
    assertThat(object.toBuilder().put("further", 1).build().members()).hasSize(expected.size() + 1);
    assertThat(object.members()).hasSize(expected.size());
    assertThatThrownBy(() -> object.members().put("m1", JsonNull.NULL))
        .isInstanceOf(UnsupportedOperationException.class);
    object.members().keySet().stream()
        .findFirst()
        .ifPresent(
            first ->
                assertThatThrownBy(() -> object.members().remove(first))
                    .isInstanceOf(UnsupportedOperationException.class));
  }
}
