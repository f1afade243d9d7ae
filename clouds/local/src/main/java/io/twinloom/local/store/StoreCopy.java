package io.twinloom.local.store;

import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A copy of a store's file with all that was committed to it. */
public final class StoreCopy {

  private StoreCopy() {}

  /**
   * Copies a store.
   *
   * @param to a file that is not there
   * @throws TwinloomException if the store cannot be read or the copy not be written
   * @see <a href="https://sqlite.org/lang_vacuum.html#vacuuminto">VACUUM INTO</a>
   */
  public static void make(Path store, Path to) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, to.toString());
      copy.execute();
    } catch (SQLException e) {
      throw new TwinloomException(
          LocalError.STORE_UNREADABLE,
          "The store cannot be copied: " + e.getMessage(),
          store.toString(),
          LocalError.STORE_UNREADABLE.fix(),
          e);
    }
  }
}
