package io.twinloom.cost.load;

import java.math.BigDecimal;

/**
 * How much a function does in a month.
 *
 * @param invocations how often it is invoked
 * @param millis how long one takes
 * @param trigger how it is invoked
 * @param eventBytes the size of what it is invoked with
 */
record FunctionLoad(
    BigDecimal invocations, BigDecimal millis, Trigger trigger, BigDecimal eventBytes) {

  /** How a function is invoked. */
  enum Trigger {
    /** Through its queue. */
    QUEUE,
    /** Its caller waits for the answer. */
    CALL,
    /** By its schedules. */
    SCHEDULE,
    /** By the cloud's workflow service, which interprets it. */
    WORKFLOW
  }
}
