package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Objects.content;
import static io.twinloom.testkit.contract.Objects.put;
import static io.twinloom.testkit.contract.Objects.read;
import static io.twinloom.testkit.contract.Objects.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Parts of an object are kept aside, in whatever order they come, until they are joined. */
public interface ObjectPartsContract extends ObjectStoreSubject {

  @Test
  default void partsInAnyOrderAreJoinedInTheirOwn() throws IOException {
    assertThat(objects().keepPart("d/a.json", 3, 3, utf8("3]"))).isEqualTo(1);
    assertThat(objects().keepPart("d/a.json", 3, 1, utf8("[1,"))).isEqualTo(2);
    assertThat(objects().keepPart("d/a.json", 3, 2, utf8("2,"))).isEqualTo(3);
    try (InputStream all = objects().openParts("d/a.json", 3)) {
      assertThat(all.readAllBytes()).isEqualTo(utf8("[1,2,3]"));
    }
    assertThat(objects().join("d/a.json", 3, content("[1,2,3]"))).isEqualTo(Put.STORED);
    objects().dropParts("d/a.json", 3);
    assertThat(read(objects(), "d/a.json")).isEqualTo(utf8("[1,2,3]"));
    assertThat(objects().digest("d/a.json")).contains(content("[1,2,3]").sha256());
  }

  @Test
  default void aRepeatedPartReplacesItself() {
    objects().keepPart("d/a.json", 2, 1, utf8("[7,"));
    assertThat(objects().keepPart("d/a.json", 2, 1, utf8("[1,"))).isEqualTo(1);
    objects().keepPart("d/a.json", 2, 2, utf8("2]"));
    objects().join("d/a.json", 2, content("[1,2]"));
    assertThat(read(objects(), "d/a.json")).isEqualTo(utf8("[1,2]"));
  }

  @Test
  default void partsThatAreKeptAreNoObject() {
    objects().keepPart("d/a.json", 2, 1, utf8("[1,"));
    assertThat(objects().info("d/a.json")).isEmpty();
    assertThat(objects().list("", "", 10).entries()).isEmpty();
    assertThatThrownBy(() -> objects().join("d/a.json", 2, content("[1,2]")))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> objects().openParts("d/a.json", 2)).isInstanceOf(StoreException.class);
    assertThat(objects().info("d/a.json")).isEmpty();
  }

  @Test
  default void partsOfOtherObjectsAndTotalsAreOthers() {
    objects().keepPart("d/a.json", 2, 1, utf8("[1,"));
    assertThat(objects().keepPart("d/a.json", 3, 2, utf8("x"))).isEqualTo(1);
    assertThat(objects().keepPart("d/b.json", 2, 2, utf8("x"))).isEqualTo(1);
    assertThat(objects().keepPart("d/a.json", 2, 2, utf8("2]"))).isEqualTo(2);
  }

  @Test
  default void joiningIsUnderTheConditionOfAWriteAndCanBeRepeated() {
    put(objects(), "d/other.json", "[9]");
    for (String key : new String[] {"d/a.json", "d/other.json"}) {
      objects().keepPart(key, 2, 1, utf8("[1,"));
      objects().keepPart(key, 2, 2, utf8("2]"));
    }
    assertThat(objects().join("d/a.json", 2, content("[1,2]"))).isEqualTo(Put.STORED);
    assertThat(objects().join("d/a.json", 2, content("[1,2]"))).isEqualTo(Put.SAME);
    assertThat(objects().join("d/other.json", 2, content("[1,2]"))).isEqualTo(Put.OTHER);
    assertThat(read(objects(), "d/other.json")).isEqualTo(utf8("[9]"));
  }

  @Test
  default void droppedPartsAreGone() {
    objects().keepPart("d/a.json", 2, 1, utf8("[1,"));
    objects().dropParts("d/a.json", 2);
    objects().dropParts("d/a.json", 2);
    assertThat(objects().keepPart("d/a.json", 2, 2, utf8("2]"))).isEqualTo(1);
  }

  @Test
  default void aPartBeyondTheTotalIsRefused() {
    assertThatThrownBy(() -> objects().keepPart("d/a.json", 2, 3, utf8("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> objects().keepPart("d/a.json", 2, 0, utf8("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
