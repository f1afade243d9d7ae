package io.twinloom.cli.command;

import io.twinloom.cli.command.HistoryFile.Entry;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sends the items of a file to a twin in batches, and counts what became of them. */
final class HistoryImport {

  /** As many items are in a request. */
  private static final int BATCH = 500;

  private static final long BATCH_BYTES = 1_000_000;

  private final TwinControl twin;
  private final Consumer<String> refusals;
  private final List<Entry> waiting = new ArrayList<>();
  private long bytes;
  private long stored;
  private long present;
  private long refused;
  private long pending;

  /**
   * @param refusals takes a sentence for each item that was refused
   */
  HistoryImport(TwinControl twin, Consumer<String> refusals) {
    this.twin = twin;
    this.refusals = refusals;
  }

  /** Adds an item, which is sent together with others. */
  void add(Entry entry) {
    long size = Json.bytes(entry.item()).length;
    if (bytes + size > BATCH_BYTES) {
      flush();
    }
    waiting.add(entry);
    bytes += size;
    if (waiting.size() >= BATCH) {
      flush();
    }
  }

  /** Sends what waits. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    ImportReport report = twin.importItems(waiting.stream().map(Entry::item).toList());
    stored += report.stored();
    present += report.present();
    refused += report.refused().size();
    pending = Math.max(pending, report.pending());
    for (ImportReport.Refusal refusal : report.refused()) {
      refusals.accept(waiting.get(refusal.index()).where() + ": " + refusal.what());
    }
    waiting.clear();
    bytes = 0;
  }

  long stored() {
    return stored;
  }

  long present() {
    return present;
  }

  long refused() {
    return refused;
  }

  /** The most archived chunks that could not be looked into at once. */
  long pending() {
    return pending;
  }
}
