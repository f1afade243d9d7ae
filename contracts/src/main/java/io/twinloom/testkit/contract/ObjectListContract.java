package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Objects.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.ObjectStore.Entry;
import io.twinloom.functions.port.ObjectStore.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects are listed in the order of their keys, by prefix, in pages. */
public interface ObjectListContract extends ObjectStoreSubject {

  @Test
  default void aListIsInTheOrderOfItsKeys() {
    put("d/b", "e/a", "d/a", "d", "D/z", "é/a");
    assertThat(keys(objects().list("", "", 100)))
        .containsExactly("D/z", "d", "d/a", "d/b", "e/a", "é/a");
    Objects.put(objects(), "d/c", "[1, 2]");
    assertThat(objects().list("d/c", "", 10))
        .isEqualTo(new Page(List.of(new Entry("d/c", 6)), false));
  }

  @Test
  default void aListHasOnlyWhatBeginsWithItsPrefix() {
    put("d/a", "d/b", "d-1/a", "d0/a", "dd/a", "c/d/a");
    assertThat(keys(objects().list("d/", "", 100))).containsExactly("d/a", "d/b");
    assertThat(objects().list("x/", "", 100)).isEqualTo(new Page(List.of(), false));
  }

  @Test
  default void aPageFollowsTheOneBeforeAndSaysWhetherMoreFollows() {
    put("d/1", "d/2", "d/3", "d/4", "d/5", "e/1");
    assertThat(keys(objects().list("d/", "", 2))).containsExactly("d/1", "d/2");
    assertThat(objects().list("d/", "", 2).more()).isTrue();
    assertThat(keys(objects().list("d/", "d/2", 2))).containsExactly("d/3", "d/4");
    assertThat(keys(objects().list("d/", "d/4", 2))).containsExactly("d/5");
    assertThat(objects().list("d/", "d/4", 2).more()).isFalse();
    assertThat(objects().list("d/", "d/3", 2).more()).as("exactly as many").isFalse();
    assertThat(objects().list("d/", "d/5", 2).entries()).isEmpty();
    assertThat(keys(objects().list("d/", "d/35", 2))).containsExactly("d/4", "d/5");
  }

  @Test
  default void aDeletedObjectIsNotListed() {
    put("d/1", "d/2");
    objects().delete("d/1");
    assertThat(keys(objects().list("", "", 10))).containsExactly("d/2");
  }

  @Test
  default void aListHasALimit() {
    assertThatThrownBy(() -> objects().list("", "", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> objects().list("", "", 1_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void put(String... keys) {
    for (String key : keys) {
      Objects.put(objects(), key, "[]");
    }
  }
}
