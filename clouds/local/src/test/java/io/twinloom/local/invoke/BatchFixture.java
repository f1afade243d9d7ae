package io.twinloom.local.invoke;

import static io.twinloom.local.invoke.BatchRunner.json;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** Queues that hand out batches, and which events were done. */
abstract class BatchFixture extends QueueFixture {

  static final LaneRule ONE_RUN = new LaneRule(1, 100);

  final Set<String> done = ConcurrentHashMap.newKeySet();
  final Map<String, Integer> runs = new ConcurrentHashMap<>();

  Outcome did(String value) {
    done.add(value);
    runs.merge(value, 1, Integer::sum);
    return Done.NOTHING;
  }

  /** Has a queue accept so many events together, whose values are their numbers. */
  static void accept(InvocationQueue queue, int count) {
    List<LongFunction<JsonObject>> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = Integer.toString(i);
      events.add(number -> json(value));
    }
    queue.accept("f", events).join();
  }
}
