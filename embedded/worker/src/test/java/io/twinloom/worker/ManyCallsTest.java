package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Events that a function is handed together: each is a call of its own. */
class ManyCallsTest extends UserCodeFixture {

  private static final String PYTHON =
      """
      import os, time
      def process(event):
          if event.get('do') == 'fail':
              raise ValueError('no')
          if event.get('do') == 'end':
              os._exit(3)
          if event.get('do') == 'hang':
              time.sleep(60)
          if event.get('do') == 'large':
              event['text'] = 'x' * 200000
          event['double'] = 2 * event['v']
          return event
      """;

  private static final String JAVA =
      """
      if ("fail".equals(event.get("do"))) throw new IllegalStateException("no");
      if ("end".equals(event.get("do"))) Runtime.getRuntime().halt(3);
      if ("hang".equals(event.get("do"))) Thread.sleep(60_000);
      if ("large".equals(event.get("do"))) event.put("text", "x".repeat(200_000));
      event.put("double", 2 * (Long) event.get("v"));
      return event;
      """;

  @Test
  void aHundredEventsComeBackInTheirOrder() {
    project.java("java", JAVA).python("python", PYTHON);
    for (String function : List.of("java", "python")) {
      List<CallResult> results = project.pools().callAll(function, events(100, -1, ""));
      assertThat(results).hasSize(100);
      for (int i = 0; i < 100; i++) {
        assertThat(text(results.get(i))).isEqualTo("{\"v\":" + i + ",\"double\":" + 2 * i + "}");
      }
    }
  }

  @Test
  void oneThatFailsEndsTheProcessOrReturnsTooMuchFailsAlone() {
    project.java("java", JAVA).python("python", PYTHON);
    for (String function : List.of("java", "python")) {
      for (String what : List.of("fail", "end", "large")) {
        onlyOneFails(project.pools().callAll(function, events(40, 17, what)), 17);
      }
    }
  }

  @Test
  void theTimeLimitIsOfEachEvent() {
    // More than a busy machine takes to load code: that counts, too.
    project.timeout(Duration.ofSeconds(4));
    project.java("java", JAVA).python("python", PYTHON);
    Map<String, List<CallResult>> ended = atOnce(List.of("java", "python"), events(40, 17, "hang"));
    assertThat(ended).hasSize(2);
    for (List<CallResult> results : ended.values()) {
      onlyOneFails(results, 17);
      assertThat(((CallResult.Failed) results.get(17)).why().reason())
          .isEqualTo(WorkerException.Reason.TIMED_OUT);
    }
  }

  @Test
  void functionsThatLoadSlowlyShareAProcess() {
    String slowlyLoaded =
        """
        import io.twinloom.api.Processor;
        import java.util.*;

        public class Code implements Processor {
          static {
            long end = System.nanoTime() + 400_000_000L;
            while (System.nanoTime() < end) Thread.onSpinWait();
          }
          @Override
          public Map<String, Object> process(Map<String, Object> event) {
            return event;
          }
        }
        """;
    project.javaClass("a", slowlyLoaded).javaClass("b", slowlyLoaded).javaClass("c", slowlyLoaded);
    Map<String, List<CallResult>> ended = atOnce(List.of("a", "b", "c"), events(20, -1, ""));
    assertThat(ended).hasSize(3);
    assertThat(ended.values().stream().flatMap(List::stream))
        .hasSize(60)
        .allMatch(CallResult.Returned.class::isInstance);
    // A busy machine can stall an event for so long that a second process is worth its cost.
    assertThat(project.pools().started()).isLessThan(3);
  }

  /** Calls each function with the same events, all at the same time; how they ended, by name. */
  private Map<String, List<CallResult>> atOnce(List<String> functions, List<WorkerCall> events) {
    Map<String, List<CallResult>> ended = new ConcurrentHashMap<>();
    WorkerPools pools = project.pools();
    List<Thread> callers =
        functions.stream()
            .map(f -> Thread.ofVirtual().start(() -> ended.put(f, pools.callAll(f, events))))
            .toList();
    callers.forEach(ManyCallsTest::join);
    return ended;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void onlyOneFails(List<CallResult> results, int which) {
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i) instanceof CallResult.Failed)
          .as("event %d failed", i)
          .isEqualTo(i == which);
    }
  }

  private static List<WorkerCall> events(int count, int special, String what) {
    List<WorkerCall> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String json =
          i == special ? "{\"v\":" + i + ",\"do\":\"" + what + "\"}" : "{\"v\":" + i + "}";
      events.add(new WorkerCall(json.getBytes(StandardCharsets.UTF_8), "trace-" + i));
    }
    return events;
  }

  private static String text(CallResult result) {
    return switch (result) {
      case CallResult.Returned returned -> new String(returned.json(), StandardCharsets.UTF_8);
      case CallResult.Failed failed -> String.valueOf(failed.why().getMessage());
    };
  }
}
