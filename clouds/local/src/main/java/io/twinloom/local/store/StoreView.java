package io.twinloom.local.store;

import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * A cloud's stores as they are at one moment, seen by another process than the one that runs them:
 * a read transaction, which sees no commit after its first read.
 *
 * @see <a href="https://sqlite.org/isolation.html">Isolation In SQLite</a>
 */
public final class StoreView implements AutoCloseable {

  private static final int LONGEST_WAIT_MILLIS = 5_000;

  /** The colder stores that have their objects in files. */
  private static final List<String> STORES = List.of("cold", "archive");

  private final Path file;
  private final Connection connection;

  private StoreView(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens a view of the last commit.
   *
   * @throws TwinloomException if the file cannot be read
   */
  public static StoreView open(Path file) {
    try {
      return begun(file, DriverManager.getConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Opens views of several clouds' stores, all of one instant: for the moment that it takes to open
   * them nobody writes into any.
   *
   * @param files in an order that is the same for all who do this
   * @return the views in that order
   * @throws TwinloomException if one of them cannot be read
   */
  public static List<StoreView> openAll(List<Path> files) {
    List<StoreView> held = new ArrayList<>();
    List<StoreView> views = new ArrayList<>();
    try {
      for (Path file : files) {
        held.add(hold(file));
      }
      for (Path file : files) {
        views.add(open(file));
      }
      return views;
    } catch (TwinloomException e) {
      views.forEach(StoreView::close);
      throw e;
    } finally {
      // Closing rolls back: nothing was written.
      held.forEach(StoreView::close);
    }
  }

  /** Keeps everybody from writing until it is closed. */
  private static StoreView hold(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(LONGEST_WAIT_MILLIS);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    try {
      return begun(file, config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static StoreView begun(Path file, Connection connection) throws SQLException {
    StoreView view = new StoreView(file, connection);
    try {
      connection.setAutoCommit(false);
      view.begin();
      return view;
    } catch (SQLException e) {
      view.close();
      throw e;
    }
  }

  /** A transaction begins with the first read. */
  private void begin() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      var unused = rows.next();
    }
  }

  /**
   * The files of the chunks that are in the view.
   *
   * @param objects the folder of the cloud's object stores
   */
  public List<Path> files(Path objects) {
    List<Path> files = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT store, key FROM object")) {
      while (rows.next()) {
        if (STORES.contains(rows.getString(1))) {
          files.add(new ObjectPaths(objects.resolve(rows.getString(1))).of(rows.getString(2)));
        }
      }
      return files;
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Copies the stores as they are in the view.
   *
   * @param to a file that is not there
   * @see <a href="https://sqlite.org/backup.html">SQLite Backup API</a>
   */
  public void copyTo(Path to) {
    try {
      // The driver's own statement for this, BACKUP TO, has no way to write an apostrophe.
      int code =
          connection
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup("main", to.toString(), null);
      if (code != SQLiteErrorCode.SQLITE_OK.code) {
        throw new SQLException("backup: " + SQLiteErrorCode.getErrorCode(code).message);
      }
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static TwinloomException unreadable(Path file, SQLException e) {
    return new TwinloomException(
        LocalError.STORE_UNREADABLE,
        "The store cannot be read: " + e.getMessage(),
        file.toString(),
        LocalError.STORE_UNREADABLE.fix(),
        e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }
}
