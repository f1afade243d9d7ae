package io.twinloom.model;

import java.util.Optional;

/**
 * The functions of the data plane. What holds for each is its row, {@code
 * io.twinloom.model.function.FunctionSpec}; {@code docs/how-it-works.md} has the table.
 */
public enum FunctionKind {
  DISPATCHER("dispatcher"),
  CONNECTOR("connector"),
  FEEDBACK_GATEWAY("feedback-gateway"),
  INGESTION("ingestion"),
  PROCESSOR("processor"),
  USER_PROCESSOR("user-processor", true),
  PERSISTER("persister"),
  EVENT_CHECKER("event-checker"),
  EVENT_ACTION("event-action", true),
  WORKFLOW("workflow"),
  EVENT_FEEDBACK("event-feedback"),
  USER_FEEDBACK("user-feedback"),
  HOT_WRITER("hot-writer"),
  HOT_COPY_WRITER("hot-copy-writer"),
  HOT_READER("hot-reader"),
  HOT_READER_LAST_ENTRY("hot-reader-last-entry"),
  HOT_TO_COLD_MOVER("hot-to-cold-mover"),
  COLD_WRITER("cold-writer"),
  COLD_READER("cold-reader"),
  COLD_TO_ARCHIVE_MOVER("cold-to-archive-mover"),
  ARCHIVE_WRITER("archive-writer"),
  ARCHIVE_READER("archive-reader"),
  STORE_COPIER("store-copier"),
  HISTORY_READER("history-reader"),
  DATA_CONNECTOR("digital-twin-data-connector"),
  DATA_CONNECTOR_LAST_ENTRY("digital-twin-data-connector-last-entry"),
  TWIN_UPDATER("twin-updater"),
  TWIN_COPIER("twin-copier");

  private final String id;
  private final boolean namedByUser;

  FunctionKind(String id) {
    this(id, false);
  }

  FunctionKind(String id, boolean namedByUser) {
    this.id = id;
    this.namedByUser = namedByUser;
  }

  /** The function's name in its table, and, after the twin's name, of its deployment. */
  public String id() {
    return id;
  }

  /** Whether a twin has many of it, each named after a device or a rule. */
  public boolean isNamedByUser() {
    return namedByUser;
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
