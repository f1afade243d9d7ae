package io.twinloom.deployer;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.model.text.Count;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/** The log's lines of one trace, and what they say of the functions on a way. */
record LogLines(List<LogLine> all) {

  private static final Set<String> COMPLAINTS = Set.of("WARN", "ERROR");

  /**
   * The lines of a trace, once they name all functions of a way.
   *
   * @param trace finds the trace, as soon as the log has it
   * @param arrived whether it is known to have come to the way's end: else nothing is waited for
   */
  static LogLines await(
      VerificationTarget target,
      Supplier<Optional<String>> trace,
      Instant since,
      List<DeployedFunction> way,
      boolean arrived) {
    Instant patience = target.now().plus(target.patience());
    Optional<String> found = Optional.empty();
    while (true) {
      found = found.isPresent() ? found : trace.get();
      LogLines lines = new LogLines(found.isPresent() ? target.log(found, since) : List.of());
      if (way.stream().allMatch(lines::has) || !arrived || !target.now().isBefore(patience)) {
        return lines;
      }
      target.pause(Verification.STEP);
    }
  }

  /** Whether a function has ended. */
  boolean has(DeployedFunction function) {
    return last(function).isPresent();
  }

  /**
   * The hops of a way, up to where it ends or where it stopped.
   *
   * @param arrived whether it is known to have come to the way's end, whatever the log says
   */
  List<Hop> hops(List<DeployedFunction> way, boolean arrived) {
    List<Hop> hops = new ArrayList<>();
    for (DeployedFunction function : way) {
      Hop hop = hop(function, arrived);
      hops.add(hop);
      if (!hop.ok()) {
        break;
      }
    }
    return hops;
  }

  private Hop hop(DeployedFunction function, boolean arrived) {
    Optional<LogLine> line = last(function);
    if (line.isEmpty()) {
      return new Hop(
          function.name(),
          function.cloud(),
          arrived,
          OptionalDouble.empty(),
          Optional.of(arrived ? "its line is not in the log" : "it did not come here in time"));
    }
    String outcome = line.get().outcome().orElse("");
    boolean ok = outcome.equals("ok");
    return new Hop(
        function.name(),
        function.cloud(),
        ok || arrived,
        line.get().millis(),
        ok
            ? note(function)
            : Optional.of(outcome + ", tried " + times(tries(function)) + why(function)));
  }

  private static String times(long number) {
    return number == 1 ? "once" : Count.of(number, "time");
  }

  /** What a function has said last of why it failed. */
  private String why(DeployedFunction function) {
    return of(function).stream()
        .filter(l -> COMPLAINTS.contains(l.level()))
        .flatMap(l -> l.message().stream())
        .reduce((first, second) -> second)
        .map(message -> ": " + message)
        .orElse("");
  }

  /** What a function has said of the mark: which rules would fire, say. */
  private Optional<String> note(DeployedFunction function) {
    return of(function).stream()
        .filter(l -> l.field("rules").isPresent())
        .findFirst()
        .flatMap(LogLine::message);
  }

  private Optional<LogLine> last(DeployedFunction function) {
    return of(function).stream()
        .filter(l -> l.outcome().isPresent())
        .reduce((first, second) -> second);
  }

  private long tries(DeployedFunction function) {
    return of(function).stream().filter(l -> l.outcome().isPresent()).count();
  }

  private List<LogLine> of(DeployedFunction function) {
    return all.stream().filter(l -> l.function().equals(function.name())).toList();
  }
}
