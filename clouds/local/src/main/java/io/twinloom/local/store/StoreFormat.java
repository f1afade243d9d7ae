package io.twinloom.local.store;

import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The format of a store, which SQLite keeps in its file.
 *
 * @param found 0 where the file is new, or from before formats were written down
 * @see <a href="https://sqlite.org/pragma.html#pragma_user_version">PRAGMA user_version</a>
 */
public record StoreFormat(int found) {

  /** Raised with every change that an older program must not work on. */
  public static final int CURRENT = 3;

  /**
   * The format of an open file.
   *
   * @throws TwinloomException if it is newer than this program; nothing was written
   */
  static StoreFormat of(Path file, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      int format = result.next() ? result.getInt(1) : 0;
      if (format > CURRENT) {
        throw new TwinloomException(
            LocalError.STORE_NEWER,
            "The store has format " + format + "; this program knows those up to " + CURRENT + ".",
            file.toString(),
            LocalError.STORE_NEWER.fix());
      }
      return new StoreFormat(format);
    }
  }

  /** Writes the present format down, in the transaction that makes the tables. */
  void raise(Statement statement) throws SQLException {
    if (found < CURRENT) {
      statement.execute("PRAGMA user_version=" + CURRENT);
    }
  }
}
