package io.twinloom.cost.demand;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a part of a plan can use, under the name that price lists have for it. */
public enum Use {
  /** Minutes that devices are connected. */
  DEVICE_CONNECTION,
  /** Messages from devices. */
  DEVICE_MESSAGE,
  /** Messages to devices. */
  DEVICE_COMMAND,
  /** Invocations of Twinloom's own functions. */
  FUNCTION_INVOCATION,
  /** Invocations of functions that run the user's code. */
  USER_INVOCATION,
  /** What invocations log, one entry for each. */
  FUNCTION_LOG,
  /** Messages in a function's queue. */
  QUEUE_MESSAGE,
  /** A queue that is asked for messages all month. */
  QUEUE_IDLE,
  HOT_WRITE,
  HOT_DELETE,
  /** Queries of the hot store, with all that they answer. */
  HOT_QUERY,
  /** Items that queries of the hot store read. */
  HOT_READ,
  HOT_STORED,
  STATE_WRITE,
  STATE_READ,
  COLD_WRITE,
  COLD_LIST,
  COLD_READ,
  COLD_DELETE,
  COLD_STORED,
  ARCHIVE_WRITE,
  ARCHIVE_LIST,
  ARCHIVE_READ,
  ARCHIVE_DELETE,
  ARCHIVE_STORED,
  TWIN_ENTITY,
  TWIN_UPDATE,
  TWIN_QUERY,
  WORKFLOW_STEP,
  SCHEDULE_JOB,
  SCHEDULE_RUN,
  VIEW_EDITOR,
  VIEW_VIEWER,
  /** All hours of a month in which there are dashboards. */
  VIEW_HOUR,
  /** The hours in which somebody looks at dashboards. */
  VIEW_ACTIVE_HOUR,
  /** What leaves a cloud. */
  EGRESS,
  DEAD_LETTER,
  PACKAGE_STORED,
  ALARM;

  /** Its name in price lists and results, such as {@code hot-write}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The use of a name. */
  public static Optional<Use> of(String id) {
    return Arrays.stream(values()).filter(use -> use.id().equals(id)).findFirst();
  }
}
