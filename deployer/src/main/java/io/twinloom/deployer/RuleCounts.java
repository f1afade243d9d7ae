package io.twinloom.deployer;

import io.twinloom.deployer.control.StatusReport.RuleStatus;
import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.FunctionKind;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How often each rule fired and was skipped, as the event checker counts it. */
record RuleCounts(List<EventRule> rules, Map<String, Long> counters) {

  private static final Pattern OF_RULE = Pattern.compile("rule-\\d+-(fired|skipped)");

  /** Whether a counter is one of these. */
  static boolean isOfRule(String counter) {
    return OF_RULE.matcher(counter).matches();
  }

  /** The rules in their order; none where no rule is evaluated. */
  List<RuleStatus> of(Topology topology) {
    List<RuleStatus> all = new ArrayList<>();
    if (topology.function(FunctionKind.EVENT_CHECKER).isPresent()) {
      for (EventRule rule : rules) {
        all.add(status(all.size() + 1, rule));
      }
    }
    return all;
  }

  private RuleStatus status(int number, EventRule rule) {
    EventRule.Action action = rule.action();
    String does =
        (action.type() == ActionType.FUNCTION ? "function " : "workflow ")
            + action.functionName()
            + (action.type() == ActionType.WORKFLOW
                ? action.functionNameB().map(b -> ", then " + b).orElse("")
                : "")
            + action.feedback().map(f -> ", command to " + f.device()).orElse("");
    return new RuleStatus(
        number,
        rule.source().text("condition").orElse(""),
        does,
        counters.getOrDefault("rule-" + number + "-fired", 0L),
        counters.getOrDefault("rule-" + number + "-skipped", 0L));
  }
}
