package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Objects.content;
import static io.twinloom.testkit.contract.Objects.put;
import static io.twinloom.testkit.contract.Objects.read;
import static io.twinloom.testkit.contract.Objects.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.port.ObjectStore.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A key belongs to the content that came first, which is known and read as it was written. */
public interface ObjectPlaceContract extends ObjectStoreSubject {

  @Test
  default void aFreeKeyIsTaken() {
    assertThat(put(objects(), "d/a.json", "[1.50]")).isEqualTo(Put.STORED);
    assertThat(read(objects(), "d/a.json")).isEqualTo(utf8("[1.50]"));
  }

  @Test
  default void theSameContentAgainIsTheSame() {
    put(objects(), "d/a.json", "[1]");
    assertThat(put(objects(), "d/a.json", "[1]")).isEqualTo(Put.SAME);
    assertThat(read(objects(), "d/a.json")).isEqualTo(utf8("[1]"));
  }

  @Test
  default void otherContentLeavesTheKeyAsItIs() {
    put(objects(), "d/a.json", "[1]");
    assertThat(put(objects(), "d/a.json", "[2]")).isEqualTo(Put.OTHER);
    assertThat(read(objects(), "d/a.json")).isEqualTo(utf8("[1]"));
    assertThat(objects().digest("d/a.json")).contains(content("[1]").sha256());
  }

  @Test
  default void whatIsKnownOfAnObjectIsItsContentAndItsSize() {
    put(objects(), "d/a.json", "[\"é\"]");
    assertThat(objects().info("d/a.json"))
        .contains(new Info("d/a.json", content("[\"é\"]"), 6, Retrieval.READABLE));
  }

  @Test
  default void aGzippedObjectIsKnownByWhatItHoldsAndReadAsItIsStored() {
    byte[] stored = Objects.gzip(utf8("[1, 2]"));
    assertThat(objects().put("d/a.json.gz", stored, content("[1, 2]"))).isEqualTo(Put.STORED);
    assertThat(objects().info("d/a.json.gz").orElseThrow().content()).isEqualTo(content("[1, 2]"));
    assertThat(objects().info("d/a.json.gz").orElseThrow().storedBytes()).isEqualTo(stored.length);
    assertThat(objects().digest("d/a.json.gz")).contains(content("[1, 2]").sha256());
    assertThat(read(objects(), "d/a.json.gz")).isEqualTo(stored);
  }

  @Test
  default void theSameContentThatIsPackedInAnotherWayIsTheSame() {
    put(objects(), "d/a.json.gz", "[1]");
    byte[] padded = Objects.gzip(utf8("[1]"));
    padded[9] = 7; // The system that packed it: no part of what it holds.
    assertThat(objects().put("d/a.json.gz", padded, content("[1]"))).isEqualTo(Put.SAME);
  }

  @Test
  default void itHoldsWhatWasPutThereAndNothingElse() {
    byte[] stored = Objects.gzip(utf8("[1, 2]"));
    objects().put("d/a.json.gz", stored, content("[1, 2]"));
    assertThat(objects().holds("d/a.json.gz", stored, content("[1, 2]"))).isTrue();
    byte[] other = Objects.gzip(utf8("[1, 3]"));
    assertThat(objects().holds("d/a.json.gz", other, content("[1, 3]"))).isFalse();
  }

  @Test
  default void nothingIsKnownOfAnObjectThatIsNotThere() {
    assertThat(objects().info("d/none.json")).isEmpty();
    assertThat(objects().holds("d/none.json", utf8("[1]"), content("[1]"))).isFalse();
    assertThat(objects().digest("d/none.json")).isEmpty();
    assertThat(objects().open("d/none.json")).isEmpty();
  }

  @Test
  default void aDeletedObjectIsGoneAndItsKeyIsFree() {
    put(objects(), "d/a.json", "[1]");
    put(objects(), "d/b.json", "[1]");
    objects().delete("d/a.json");
    objects().delete("d/a.json");
    assertThat(objects().info("d/a.json")).isEmpty();
    assertThat(read(objects(), "d/b.json")).isEqualTo(utf8("[1]"));
    assertThat(put(objects(), "d/a.json", "[2]")).isEqualTo(Put.STORED);
    assertThat(read(objects(), "d/a.json")).isEqualTo(utf8("[2]"));
  }

  @Test
  default void aLargeObjectIsKept() {
    String large = "[\"" + "0123456789".repeat(700_000) + "\"]";
    put(objects(), "d/a.json", large);
    assertThat(objects().digest("d/a.json")).contains(content(large).sha256());
    assertThat(objects().info("d/a.json").orElseThrow().storedBytes()).isEqualTo(large.length());
  }

  @Test
  default void ofManyWhoWantAKeyAtOnceExactlyOneGetsIt() throws Exception {
    for (int round = 0; round < 5; round++) {
      String key = "d/" + round + ".json";
      List<Put> results = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        List<Future<Put>> all = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
          String text = "[" + writer + "]";
          all.add(threads.submit(() -> put(objects(), key, text)));
        }
        for (Future<Put> one : all) {
          results.add(one.get());
        }
      }
      assertThat(results).containsOnlyOnce(Put.STORED).doesNotContain(Put.SAME);
      assertThat(read(objects(), key)).isEqualTo(utf8("[" + results.indexOf(Put.STORED) + "]"));
    }
  }

  @Test
  default void nothingMustBeRestoredWhereAllCanBeRead() {
    put(objects(), "d/a.json", "[1]");
    objects().restore("d/a.json");
    objects().restore("d/none.json");
    ObjectStore store = objects();
    assertThat(store.info("d/a.json").orElseThrow().retrieval()).isEqualTo(Retrieval.READABLE);
    assertThat(store.restoreTakes()).isZero();
  }
}
