package io.twinloom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule for each device that every measurement meets, whose action leaves the device and the time
 * of each event that it is given.
 *
 * @param file where the action leaves them: not with the twin's data, which user code does not see
 */
record ActionTraces(Path file) {

  /** One write of a line at the end: no kill leaves half of one, and none gets into another. */
  private static final String ACTION =
      """
      import io.twinloom.api.Processor;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;
      import java.util.Map;

      public class Trace implements Processor {
        private static final Path FILE = Path.of("%s");

        @Override
        public Map<String, Object> process(Map<String, Object> given) {
          Map<?, ?> event = (Map<?, ?>) given.get("event");
          try {
            Files.writeString(
                FILE,
                event.get("device_id") + " " + event.get("timestamp") + "\\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          return given;
        }
      }
      """;

  /** Adds the rules and their action to a project. */
  void write(Path project, List<String> devices) throws IOException {
    Path action = Files.createDirectories(project.resolve("event_actions").resolve("trace"));
    Files.writeString(action.resolve("Trace.java"), ACTION.formatted(file));
    Files.writeString(
        project.resolve("config_events.json"),
        devices.stream()
            .map(
                id ->
                    """
                    {"condition": "%s.%s.temperature > DOUBLE(0)",
                     "action": {"type": "function", "functionName": "trace"}}\
                    """
                        .formatted(id, id))
            .collect(Collectors.joining(",\n", "[", "]\n")));
    Files.writeString(
        project.resolve("config_optimization.json"),
        """
        {"result": {"inputParamsUsed": {"useEventChecking": true}}}
        """);
  }

  /**
   * What became of the actions that events were to run.
   *
   * @param events for how many the action ran
   * @param again how many times it ran for one that it had run for before
   * @param never for how many of those that were asked for it did not run
   */
  record Ran(long events, long again, long never) {}

  /**
   * Waits until the action of each of these events ran, or for so long.
   *
   * @param acknowledged the times of the events, by device
   */
  Ran await(Map<String, Set<String>> acknowledged, Duration longest)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    Ran ran = ran(acknowledged);
    while (ran.never() > 0 && System.nanoTime() < end) {
      TimeUnit.SECONDS.sleep(1);
      ran = ran(acknowledged);
    }
    return ran;
  }

  private Ran ran(Map<String, Set<String>> acknowledged) throws IOException {
    Map<String, Set<String>> missing = new HashMap<>();
    acknowledged.forEach((device, times) -> missing.put(device, new HashSet<>(times)));
    Set<String> seen = new HashSet<>();
    long again = 0;
    if (Files.exists(file)) {
      try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
        for (String line : (Iterable<String>) lines::iterator) {
          again += seen.add(line) ? 0 : 1;
          String[] event = line.split(" ", 2);
          missing.getOrDefault(event[0], Set.of()).remove(event[1]);
        }
      }
    }
    return new Ran(seen.size(), again, missing.values().stream().mapToLong(Set::size).sum());
  }
}
