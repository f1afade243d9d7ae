package io.twinloom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NaturalBatchesTest {

  @Test
  void whatWaitsWhileARunIsUnderWayGoesTogetherUpToTheLimit() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(251);
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    NaturalBatches<Integer> batches =
        new NaturalBatches<>(
            1,
            batch -> {
              sizes.add(batch.size());
              seen.addAll(batch);
              await(held);
              batch.forEach(one -> all.countDown());
            });
    batches.add(0);
    while (sizes.isEmpty()) {
      Thread.onSpinWait();
    }
    batches.addAll(IntStream.rangeClosed(1, 250).boxed().toList());
    held.countDown();
    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(sizes).containsExactly(1, 100, 100, 50);
    assertThat(seen).containsExactlyElementsOf(IntStream.rangeClosed(0, 250).boxed().toList());
  }

  @Test
  void aListOfEventsComesBackAsItWasJoined() {
    List<byte[]> events = List.of(new byte[0], new byte[] {1}, new byte[300]);
    assertThat(EventList.split(EventList.join(events))).containsExactlyElementsOf(events);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
