package io.twinloom.cli.demo;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What happened because of measurements: rules that fired, what actions said, commands that devices
 * got. Not for several threads.
 */
final class DemoEvents {

  private static final int KEPT = 20;
  private static final Pattern PATH = Pattern.compile("[^\\s.()]+\\.[^\\s.()]+\\.([^\\s.()]+)");
  private static final Pattern CONSTANT =
      Pattern.compile("(?:DOUBLE|INTEGER|STRING|BOOLEAN)\\(([^)]*)\\)");

  /** What kind of thing happened. */
  enum Kind {
    RULE,
    SAID,
    COMMAND
  }

  /**
   * One thing that happened.
   *
   * @param time ISO 8601
   * @param who the rule, the function or the device
   */
  record DemoEvent(Kind kind, String time, String who, String text) {

    /** The event as one object of {@code --json}. */
    JsonObject toJson() {
      return JsonObject.builder()
          .put("type", "event")
          .put("happened", kind.name().toLowerCase(Locale.ROOT))
          .put("time", time)
          .put("who", who)
          .put("text", text)
          .build();
    }
  }

  private final Map<String, String> actions = new HashMap<>();
  private final String checker;
  private final Deque<DemoEvent> recent = new ArrayDeque<>();
  private final List<DemoEvent> fresh = new ArrayList<>();

  DemoEvents(Topology topology) {
    String twin = topology.twin() + "-";
    for (DeployedFunction function : topology.functions()) {
      if (function.kind() == FunctionKind.EVENT_ACTION) {
        actions.put(function.name(), function.name().substring(twin.length()));
      }
    }
    this.checker =
        topology.function(FunctionKind.EVENT_CHECKER).map(DeployedFunction::name).orElse("");
  }

  /** Takes in a line of the log. */
  void line(LogLine line) {
    if (line.function().equals(checker) && line.hasField("runs")) {
      add(
          new DemoEvent(
              Kind.RULE,
              line.time(),
              "rule " + line.field("rule").orElse(""),
              shortened(line.field("condition").orElse(""))));
    } else if (line.field("from").equals(Optional.of("user code"))) {
      Optional.ofNullable(actions.get(line.function()))
          .ifPresent(
              who -> add(new DemoEvent(Kind.SAID, line.time(), who, line.message().orElse(""))));
    }
  }

  /**
   * Takes in a command that a device got.
   *
   * @param does what the device does
   */
  void command(String time, String device, String command, Optional<String> does) {
    add(new DemoEvent(Kind.COMMAND, time, device, command + does.map(d -> "  " + d).orElse("")));
  }

  private void add(DemoEvent event) {
    fresh.add(event);
    recent.addLast(event);
    if (recent.size() > KEPT) {
      recent.removeFirst();
    }
  }

  /** What was not asked for yet, oldest first. */
  List<DemoEvent> fresh() {
    List<DemoEvent> now = List.copyOf(fresh);
    fresh.clear();
    return now;
  }

  /** The newest, oldest first. */
  List<DemoEvent> recent(int atMost) {
    return recent.stream().skip(Math.max(0, recent.size() - atMost)).toList();
  }

  /** A condition with the names of its properties alone, and constants without their types. */
  static String shortened(String condition) {
    String constants = CONSTANT.matcher(condition).replaceAll("$1");
    return PATH.matcher(constants).replaceAll("$1");
  }
}
