package io.twinloom.cost.usage;

import io.twinloom.cost.estimate.Estimate;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A number of a twin's usage, with the name that it has in a usage file. Names of Twin2Clouds are
 * kept where there is one, so that its input can be used as it is.
 */
public enum UsageKey {
  DEVICES("numberOfDevices", "devices", "1 1 1", "0", "100000000"),
  INTERVAL("deviceSendingIntervalInMinutes", "minutes", "5 1 0.25", "0.0001", "1000000"),
  MESSAGE_SIZE("averageSizeOfMessageInKb", "KiB", "0.25 0.5 2", "0.001", "192"),
  HOT_MONTHS("hotStorageDurationInMonths", "months", "1 1 1", "0.001", "1200"),
  COLD_MONTHS("coolStorageDurationInMonths", "months", "3 3 3", "0.001", "1200"),
  ARCHIVE_MONTHS("archiveStorageDurationInMonths", "months", "6 12 36", "0.001", "1200"),
  ENTITIES("entityCount", "entities", "1 1 1", "0", "100000000"),
  EDITORS("amountOfActiveEditors", "users", "1 1 5", "0", "1000000"),
  VIEWERS("amountOfActiveViewers", "users", "0 0 10", "0", "1000000"),
  REFRESHES("dashboardRefreshesPerHour", "refreshes", "2 12 60", "0", "100000"),
  ACTIVE_HOURS("dashboardActiveHoursPerDay", "hours", "0.5 1 8", "0", "24"),
  CALLS("apiCallsPerDashboardRefresh", "queries", "1 1 5", "0", "10000"),
  RESPONSE_SIZE("averageDigitalTwinQueryResponseSizeInKb", "KiB", "1 1 20", "0", "100000"),
  RULED_SHARE("shareOfDevicesWithRules", "of 1", "0 0 0", "0", "1"),
  TRIGGER_RATE("eventTriggerRate", "of 1", "0.001 0.01 0.1", "0", "1"),
  WORKFLOW_STEPS("orchestrationActionsPerMessage", "steps", "3 4 6", "0", "1000"),
  HISTORY_QUERIES("historyQueriesPerMonth", "queries", "10 30 300", "0", "100000000"),
  HISTORY_SIZE("historyQuerySizeInMb", "MiB", "0.1 1 10", "0", "100000"),
  LOG_SIZE("logBytesPerInvocation", "bytes", "300 600 1000", "0", "1000000"),
  TIME_FACTOR("functionTimeFactor", "times", "0.5 1 2", "0.01", "1000"),
  USER_TIME("processorMilliseconds", "ms", "1 5 100", "0", "30000"),
  FAILED_SHARE("failedShare", "of 1", "0 0.0001 0.001", "0", "1"),
  STORED_SHARE("compressedShare", "of 1", "1 1 1", "0.001", "1"),
  CONNECTED_SHARE("connectedShare", "of 1", "0.1 1 1", "0", "1");

  private final String id;
  private final String unit;
  private final Estimate assumed;
  private final BigDecimal least;
  private final BigDecimal most;

  UsageKey(String id, String unit, String assumed, String least, String most) {
    List<String> levels = List.of(assumed.split(" ", 3));
    this.id = id;
    this.unit = unit;
    this.assumed = Estimate.of(levels.get(0), levels.get(1), levels.get(2));
    this.least = new BigDecimal(least);
    this.most = new BigDecimal(most);
  }

  /** Its name in usage files and results. */
  public String id() {
    return id;
  }

  /** In what it is counted. */
  public String unit() {
    return unit;
  }

  /** What is assumed where nothing is known. */
  public Estimate assumed() {
    return assumed;
  }

  /** The least value it can have. */
  public BigDecimal least() {
    return least;
  }

  /** The greatest value it can have. */
  public BigDecimal most() {
    return most;
  }

  /** Whether a value is between its limits. */
  public boolean allows(BigDecimal value) {
    return least.compareTo(value) <= 0 && value.compareTo(most) <= 0;
  }

  /** The key of a name. */
  public static Optional<UsageKey> of(String id) {
    return Arrays.stream(values()).filter(key -> key.id.equals(id)).findFirst();
  }
}
