package io.twinloom.local.observe;

import io.twinloom.functions.port.ForwardingLog;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.store.SqliteRuleRecords;
import java.time.InstantSource;

/** A log whose records of rules are kept in a store of their own. */
public final class RuleRecording extends ForwardingLog {

  private final SqliteRuleRecords records;
  private final InstantSource clock;

  /**
   * @param log takes everything else
   */
  public RuleRecording(InvocationLog log, SqliteRuleRecords records, InstantSource clock) {
    super(log);
    this.records = records;
    this.clock = clock;
  }

  @Override
  public void ruled(String function, RuleRecord what) {
    records.keep(clock.instant(), function, what);
  }
}
