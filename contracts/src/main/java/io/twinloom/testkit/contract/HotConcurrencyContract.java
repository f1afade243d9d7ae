package io.twinloom.testkit.contract;

import static io.twinloom.testkit.contract.Items.at;
import static io.twinloom.testkit.contract.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The check of a place and the write to it are one, also with other writers. */
public interface HotConcurrencyContract extends HotStoreSubject {

  @Test
  default void ofManyEventsThatWantOnePlaceAtOnceExactlyOneGetsIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      String place = at(round);
      String prefix = "r" + round + "-";
      List<Put> results = atOnce(8, writer -> store().put(item("d", place, prefix + writer)));
      assertThat(results).filteredOn(Put.STORED::equals).hasSize(1);
      HotItem kept = store().range("d", place, place, 10, Order.ASCENDING).items().getFirst();
      assertThat(results.get(Integer.parseInt(kept.eventId().substring(prefix.length()))))
          .as("the writer whose put was answered STORED has the place")
          .isEqualTo(Put.STORED);
    }
  }

  @Test
  default void oneEventThatIsDeliveredManyTimesAtOnceIsStoredEachTimeAndThereOnce()
      throws Exception {
    assertThat(atOnce(8, writer -> store().put(item("d", at(1), "e"))))
        .containsOnly(Put.STORED, Put.SAME);
    assertThat(Items.all(store(), "d")).hasSize(1);
  }

  @Test
  default void whatManyWriteAtOnceIsAllThere() throws Exception {
    atOnce(
        8,
        writer -> {
          for (int i = 0; i < 25; i++) {
            store().put(item("d" + writer % 2, at(writer * 25 + i), "e" + writer + "-" + i));
          }
          return Put.STORED;
        });
    assertThat(Items.all(store(), "d0")).hasSize(100);
    assertThat(Items.all(store(), "d1")).hasSize(100);
  }

  @Test
  default void whatWasStoredIsSeenByWhoReadsNext() throws Exception {
    List<Put> seen =
        atOnce(
            4,
            writer -> {
              for (int i = 0; i < 20; i++) {
                HotItem item = item("d" + writer, at(i), "e" + i);
                store().put(item);
                assertThat(store().last("d" + writer)).contains(item);
              }
              return Put.STORED;
            });
    assertThat(seen).hasSize(4);
  }

  /** What a writer of a number does. */
  @FunctionalInterface
  interface Writer {
    Put write(int number);
  }

  private static List<Put> atOnce(int count, Writer writer)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Callable<Put>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(() -> writer.write(number));
      }
      List<Put> results = new ArrayList<>();
      for (Future<Put> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
