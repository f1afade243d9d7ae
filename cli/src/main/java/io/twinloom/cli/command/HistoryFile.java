package io.twinloom.cli.command;

import io.twinloom.json.JsonObject;
import java.util.Optional;

/** Items of a file of history, one after the other; of its length only a little is in memory. */
interface HistoryFile extends AutoCloseable {

  /**
   * An item as the file has it.
   *
   * @param where the file and the line, for messages
   */
  record Entry(JsonObject item, String where) {}

  /**
   * The next item; empty at the end.
   *
   * @throws io.twinloom.model.TwinloomException if the file cannot be read, or its next line is not
   *     of its form
   */
  Optional<Entry> next();

  @Override
  void close();
}
