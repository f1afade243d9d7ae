package io.twinloom.server.live;

import io.twinloom.deployer.control.StatusReport.RuleStatus;
import io.twinloom.deployer.live.LiveTwin.Firing;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What rules did: fired, skipped and why, commands to devices. */
public final class FiringsView {

  /** Which are wanted: all that is given must hold. */
  public record Wanted(
      Optional<Integer> rule,
      Optional<String> device,
      Optional<String> kind,
      Optional<Instant> since,
      Optional<Instant> until) {

    /** All. */
    public static final Wanted ALL =
        new Wanted(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    boolean isOf(Firing firing) {
      return (rule.isEmpty() || rule.equals(firing.rule()))
          && (device.isEmpty() || device.equals(firing.device()))
          && kind.map(firing.kind()::equals).orElse(true)
          && since.map(t -> !firing.time().isBefore(t)).orElse(true)
          && until.map(t -> !firing.time().isAfter(t)).orElse(true);
    }
  }

  private FiringsView() {}

  /** The newest that are wanted, and all rules with their counts. */
  public static JsonObject json(RunningProject twin, Wanted wanted, int limit) {
    List<Firing> firings =
        twin.live().firings().stream().filter(wanted::isOf).limit(limit).toList();
    return JsonObject.builder()
        .put("items", Members.list(firings, FiringsView::firing))
        .put("rules", Members.list(twin.control().status().rules(), FiringsView::rule))
        .build();
  }

  private static JsonObject firing(Firing firing) {
    return JsonObject.builder()
        .put("time", firing.time().toString())
        .put(
            "rule",
            firing.rule().<JsonValue>map(r -> JsonNumber.of((long) r)).orElse(JsonNull.NULL))
        .put("kind", firing.kind())
        .put("device", Members.text(firing.device()))
        .put("function", firing.function())
        .put("trace", Members.text(Optional.of(firing.trace()).filter(t -> !t.isEmpty())))
        .put("eventId", JsonNull.NULL)
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
