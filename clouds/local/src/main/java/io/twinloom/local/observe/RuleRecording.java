package io.twinloom.local.observe;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.store.SqliteRuleRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A log whose records of rules are kept in a store of their own. */
public record RuleRecording(InvocationLog log, SqliteRuleRecords records, InstantSource clock)
    implements InvocationLog {

  @Override
  public void ruled(String function, RuleRecord what) {
    records.keep(clock.instant(), function, what);
  }

  @Override
  public void invocation(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    log.invocation(function, sourceCloud, traceId, device, outcome, duration);
  }

  @Override
  public void eventOfBatch(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    log.eventOfBatch(function, sourceCloud, traceId, device, outcome, duration);
  }

  @Override
  public void batch(String function, String traceId, Endings endings, Duration duration) {
    log.batch(function, traceId, endings, duration);
  }

  @Override
  public void note(
      Level level, String function, String traceId, String message, Map<String, String> fields) {
    log.note(level, function, traceId, message, fields);
  }

  @Override
  public void count(String function, String what) {
    log.count(function, what);
  }
}
