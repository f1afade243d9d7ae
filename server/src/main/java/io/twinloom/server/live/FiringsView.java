package io.twinloom.server.live;

import io.twinloom.deployer.control.StatusReport.RuleStatus;
import io.twinloom.deployer.live.LiveTwin.Firing;
import io.twinloom.deployer.live.LiveTwin.FiringQuery;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What rules did: fired, skipped and why, commands to devices. */
public final class FiringsView {

  private FiringsView() {}

  /** The newest that are wanted, and all rules with their counts. */
  public static JsonObject json(RunningProject twin, FiringQuery wanted, int limit) {
    List<Firing> firings = twin.live().firings(wanted, limit);
    return JsonObject.builder()
        .put("items", Members.list(firings, FiringsView::firing))
        .put("rules", Members.list(twin.control().status().rules(), FiringsView::rule))
        .build();
  }

  private static JsonObject firing(Firing firing) {
    return JsonObject.builder()
        .put("time", firing.time().toString())
        .put("rule", firing.rule())
        .put("kind", firing.kind())
        .put("device", Members.text(firing.device()))
        .put("function", firing.function())
        .put("trace", Members.text(firing.trace()))
        .put("eventId", Members.text(firing.event()))
        .put(
            "reason",
            firing.kind().equals("skipped")
                ? Members.text(Optional.of(firing.text()))
                : JsonNull.NULL)
        .put("detail", firing.text())
        .build();
  }

  private static JsonObject rule(RuleStatus rule) {
    return JsonObject.builder()
        .put("rule", rule.rule())
        .put("condition", rule.condition())
        .put("does", rule.does())
        .put("fired", rule.fired())
        .put("skipped", rule.skipped())
        .build();
  }
}
