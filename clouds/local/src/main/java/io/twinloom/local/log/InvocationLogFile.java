package io.twinloom.local.log;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** What the functions of one cloud report, as lines of the log that all local clouds share. */
public final class InvocationLogFile implements InvocationLog {
  /** As many bytes the counts of a batch take at most, with their names. */
  private static final int COUNTS = 128;

  private final LogWriter writer;
  private final String cloud;
  private final Supplier<Mode> mode;

  /**
   * @param mode asked with each note: in {@code PRODUCTION} debug notes, which alone may hold
   *     payloads, are left out
   */
  public InvocationLogFile(LogWriter writer, Provider cloud, Supplier<Mode> mode) {
    this.writer = writer;
    this.cloud = cloud.id();
    this.mode = mode;
  }

  @Override
  public void invocation(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    Instant now = writer.clock().instant();
    Level level = outcome.equals("ok") ? Level.INFO : Level.WARN;
    int most =
        LineBuffer.FIXED
            + LineBuffer.bytesFor(function)
            + LineBuffer.bytesFor(sourceCloud)
            + LineBuffer.bytesFor(traceId)
            + LineBuffer.bytesFor(device)
            + LineBuffer.bytesFor(outcome);
    long nanos = duration.toNanos();
    writer.line(
        level,
        most,
        line -> {
          line.begin(now);
          line.raw(level == Level.INFO ? ",\"level\":\"INFO\"" : ",\"level\":\"WARN\"");
          line.member(",\"function\":", function);
          line.member(",\"cloud\":", cloud);
          line.member(",\"source_cloud\":", sourceCloud);
          line.member(",\"trace_id\":", traceId);
          line.member(",\"device\":", device);
          line.member(",\"outcome\":", outcome);
          line.raw(",\"ms\":");
          line.millis(nanos);
          line.end();
        });
  }

  @Override
  public void batch(String function, String traceId, Endings endings, Duration duration) {
    Instant now = writer.clock().instant();
    Level level = endings.ok() == endings.events() ? Level.INFO : Level.WARN;
    int most =
        LineBuffer.FIXED + LineBuffer.bytesFor(function) + LineBuffer.bytesFor(traceId) + COUNTS;
    long nanos = duration.toNanos();
    writer.line(
        level,
        most,
        line -> {
          line.begin(now);
          line.member(",\"level\":", level.name());
          line.member(",\"function\":", function);
          line.member(",\"cloud\":", cloud);
          line.member(",\"trace_id\":", traceId);
          line.number(",\"events\":", endings.events());
          line.number(",\"ok\":", endings.ok());
          line.number(",\"failed\":", endings.failed());
          line.number(",\"put_off\":", endings.putOff());
          line.number(",\"dead\":", endings.dead());
          line.raw(",\"ms\":");
          line.millis(nanos);
          line.end();
        });
  }

  @Override
  public void note(
      Level level, String function, String traceId, String message, Map<String, String> fields) {
    if (level == Level.DEBUG && mode.get() != Mode.DEBUG) {
      return;
    }
    Instant now = writer.clock().instant();
    if (!InvocationLog.isOfUserCode(fields)
        && !writer.allows(NoteLimiter.Note.of(level, cloud, function, message, fields), now)) {
      return;
    }
    int most =
        LineBuffer.FIXED
            + LineBuffer.bytesFor(function)
            + LineBuffer.bytesFor(traceId)
            + LineBuffer.bytesFor(message);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      most += LineBuffer.bytesFor(field.getKey()) + LineBuffer.bytesFor(field.getValue());
    }
    writer.line(level, most, line -> write(line, now, level, function, traceId, message, fields));
  }

  private void write(
      LineBuffer line,
      Instant now,
      Level level,
      String function,
      String traceId,
      String message,
      Map<String, String> fields) {
    line.begin(now);
    line.member(",\"level\":", level.name());
    line.member(",\"function\":", function);
    line.member(",\"cloud\":", cloud);
    line.member(",\"trace_id\":", traceId);
    line.member(",\"message\":", message);
    String before = ",\"fields\":{";
    for (Map.Entry<String, String> field :
        fields.entrySet().stream().limit(LogLimits.MAX_FIELDS).toList()) {
      line.raw(before);
      line.text(field.getKey());
      line.raw(":");
      line.text(field.getValue());
      before = ",";
    }
    if (!fields.isEmpty()) {
      line.raw("}");
    }
    line.end();
  }
}
