package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Objects.content;
import static io.twinloom.testkit.contract.Objects.put;
import static io.twinloom.testkit.contract.Objects.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.port.StoreException;
import org.junit.jupiter.api.Test;

/** A store copies an object to another one of its cloud by itself, with what is known of it. */
public interface ObjectCopyContract extends ObjectStoreSubject {

  @Test
  default void aCopyHoldsAndIsKnownAsTheOriginal() {
    put(objects(), "d/a.json.gz", "[1.50]");
    assertThat(objects().copyTo(otherObjects(), "d/a.json.gz", "d/a.json.gz"))
        .isEqualTo(Put.STORED);
    assertThat(read(otherObjects(), "d/a.json.gz")).isEqualTo(read(objects(), "d/a.json.gz"));
    assertThat(otherObjects().digest("d/a.json.gz")).contains(content("[1.50]").sha256());
    assertThat(otherObjects().info("d/a.json.gz").orElseThrow().content())
        .isEqualTo(content("[1.50]"));
  }

  @Test
  default void aCopyStaysWhenTheOriginalGoes() {
    put(objects(), "d/a.json", "[1]");
    objects().copyTo(otherObjects(), "d/a.json", "d/a.json");
    objects().delete("d/a.json");
    assertThat(otherObjects().digest("d/a.json")).contains(content("[1]").sha256());
  }

  @Test
  default void aCopyIsUnderTheConditionOfAWrite() {
    put(objects(), "d/a.json", "[1]");
    put(objects(), "d/b.json", "[1]");
    put(otherObjects(), "d/a.json", "[1]");
    put(otherObjects(), "d/b.json", "[2]");
    assertThat(objects().copyTo(otherObjects(), "d/a.json", "d/a.json")).isEqualTo(Put.SAME);
    assertThat(objects().copyTo(otherObjects(), "d/b.json", "d/b.json")).isEqualTo(Put.OTHER);
    assertThat(otherObjects().digest("d/b.json")).contains(content("[2]").sha256());
  }

  @Test
  default void aCopyMayHaveAnotherKey() {
    put(objects(), "d/a.json", "[1]");
    assertThat(objects().copyTo(otherObjects(), "d/a.json", "d/b.json")).isEqualTo(Put.STORED);
    assertThat(otherObjects().info("d/a.json")).isEmpty();
    assertThat(otherObjects().digest("d/b.json")).contains(content("[1]").sha256());
  }

  @Test
  default void whatIsNotThereIsNotCopied() {
    assertThatThrownBy(() -> objects().copyTo(otherObjects(), "d/none.json", "d/none.json"))
        .isInstanceOf(StoreException.class);
    assertThat(otherObjects().info("d/none.json")).isEmpty();
  }
}
