package io.twinloom.functions.port;

import java.time.Duration;
import java.util.Map;

/** A log that passes everything on to another one, except for what a subclass does itself. */
public abstract class ForwardingLog implements InvocationLog {

  private final InvocationLog to;

  protected ForwardingLog(InvocationLog to) {
    this.to = to;
  }

  @Override
  public void invocation(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    to.invocation(function, sourceCloud, traceId, device, outcome, duration);
  }

  @Override
  public void eventOfBatch(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    to.eventOfBatch(function, sourceCloud, traceId, device, outcome, duration);
  }

  @Override
  public void batch(String function, String traceId, Endings endings, Duration duration) {
    to.batch(function, traceId, endings, duration);
  }

  @Override
  public void note(
      Level level, String function, String traceId, String message, Map<String, String> fields) {
    to.note(level, function, traceId, message, fields);
  }

  @Override
  public void ruled(String function, RuleRecord what) {
    to.ruled(function, what);
  }

  @Override
  public void count(String function, String what) {
    to.count(function, what);
  }

  @Override
  public void measure(String function, String what, long value) {
    to.measure(function, what, value);
  }
}
