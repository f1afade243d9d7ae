package io.twinloom.model;

import java.util.Optional;

/**
 * The functions of the data plane, one constant a row of the table in {@code docs/how-it-works.md}.
 */
public enum FunctionKind {
  DISPATCHER("dispatcher", Layer.L1),
  CONNECTOR("connector", Layer.L1),
  FEEDBACK_GATEWAY("feedback-gateway", Layer.L1),
  INGESTION("ingestion", Layer.L2),
  PROCESSOR("processor", Layer.L2),
  USER_PROCESSOR("user-processor", Layer.L2),
  PERSISTER("persister", Layer.L2),
  EVENT_CHECKER("event-checker", Layer.L2),
  EVENT_ACTION("event-action", Layer.L2),
  WORKFLOW("workflow", Layer.L2),
  EVENT_FEEDBACK("event-feedback", Layer.L2),
  USER_FEEDBACK("user-feedback", Layer.L2),
  HOT_WRITER("hot-writer", Layer.L3_HOT),
  HOT_READER("hot-reader", Layer.L3_HOT),
  HOT_READER_LAST_ENTRY("hot-reader-last-entry", Layer.L3_HOT),
  HOT_TO_COLD_MOVER("hot-to-cold-mover", Layer.L3_HOT),
  COLD_WRITER("cold-writer", Layer.L3_COLD),
  COLD_READER("cold-reader", Layer.L3_COLD),
  COLD_TO_ARCHIVE_MOVER("cold-to-archive-mover", Layer.L3_COLD),
  ARCHIVE_WRITER("archive-writer", Layer.L3_ARCHIVE),
  ARCHIVE_READER("archive-reader", Layer.L3_ARCHIVE),
  HISTORY_READER("history-reader", Layer.L4),
  DATA_CONNECTOR("digital-twin-data-connector", Layer.L4),
  DATA_CONNECTOR_LAST_ENTRY("digital-twin-data-connector-last-entry", Layer.L4),
  TWIN_UPDATER("twin-updater", Layer.L4);

  private final String id;
  private final Layer layer;

  FunctionKind(String id, Layer layer) {
    this.id = id;
    this.layer = layer;
  }

  /** The function's name in its table, and, after the twin's name, of its deployment. */
  public String id() {
    return id;
  }

  /** The layer it belongs to; history-reader runs beside the hot store where there is no L4. */
  public Layer layer() {
    return layer;
  }

  /** The function of an id. */
  public static Optional<FunctionKind> of(String id) {
    for (FunctionKind kind : values()) {
      if (kind.id.equals(id)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
