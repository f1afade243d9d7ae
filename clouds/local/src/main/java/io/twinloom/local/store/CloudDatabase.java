package io.twinloom.local.store;

import io.twinloom.functions.port.StoreException;
import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One cloud's SQLite file. Reads run on a few connections of their own and see the last commit;
 * writes are gathered by one committer thread, which runs all that wait in one transaction and
 * completes them after it is on disk (WAL, {@code synchronous=FULL}): the more wait, the less each
 * costs. Writes take effect in the order they were handed in, so a caller that hands in {@code A}
 * before {@code B} never finds {@code B} on disk without {@code A}, unless {@code A} failed or goes
 * {@link Urgency#BEHIND} the others.
 *
 * @see <a href="https://sqlite.org/wal.html">SQLite: Write-Ahead Logging</a>
 */
public final class CloudDatabase implements AutoCloseable {

  /** So many reads run at once; further ones wait. */
  static final int READERS = 4;

  /**
   * Of a new file; one that is there keeps its own. Twice SQLite's default: a mover, which deletes
   * whole pages, takes a third less time for them.
   */
  private static final int PAGE_BYTES = 8_192;

  /** How long {@link #close()} waits for each read that runs. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /**
   * A write inside the committer's transaction. It may be run twice, so it changes nothing else.
   */
  @FunctionalInterface
  public interface Write<T> {
    T run(Statements statements) throws SQLException;
  }

  /** A write that gives nothing back. */
  @FunctionalInterface
  public interface Change {
    void run(Statements statements) throws SQLException;
  }

  /** A read of the last commit. It closes its results, else later reads see an old commit. */
  @FunctionalInterface
  public interface Read<T> {
    T run(Statements statements) throws SQLException;
  }

  /** Prepared statements of one connection, kept by their text. */
  public static final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
      this.connection = connection;
    }

    /** The statement of this text, ready for new parameters. The caller does not close it. */
    public PreparedStatement of(String sql) throws SQLException {
      PreparedStatement statement = prepared.get(sql);
      if (statement == null) {
        statement = connection.prepareStatement(sql);
        prepared.put(sql, statement);
      }
      return statement;
    }

    /** After an error the driver may have closed a statement: all are prepared anew. */
    void forget() {
      for (PreparedStatement statement : prepared.values()) {
        try {
          statement.close();
        } catch (SQLException e) {
          // It is of no use any more, whether this worked or not.
          continue;
        }
      }
      prepared.clear();
    }
  }

  private final Path file;
  private final BlockingQueue<Statements> readers = new ArrayBlockingQueue<>(READERS);
  private final List<Connection> connections = new ArrayList<>();
  private final Connection writing;
  private final StoreFile storeFile;
  private final Committer committer;
  private final AtomicBoolean closing = new AtomicBoolean();

  private CloudDatabase(Path file, List<String> schema) throws SQLException, IOException {
    this.file = file;
    try {
      Connection write = connect();
      StoreFormat format = StoreFormat.of(file, write);
      write.setAutoCommit(false);
      try (Statement statement = write.createStatement()) {
        // The pages of a chunk's items, which are looked at, deleted and written in one
        // transaction.
        statement.execute("PRAGMA cache_size=-8000");
        // Else each row whose insertion has a trigger writes some pages to a temporary file.
        statement.execute("PRAGMA temp_store=MEMORY");
        for (String sql : schema) {
          statement.execute(sql);
        }
        format.raise(statement);
      }
      write.commit();
      this.writing = write;
      this.storeFile = new StoreFile(file);
      this.committer = new Committer(storeFile, file, write);
      for (int i = 0; i < READERS; i++) {
        readers.add(new Statements(connect()));
      }
    } catch (SQLException | IOException | TwinloomException e) {
      for (Connection connection : connections) {
        connection.close();
      }
      throw e;
    }
  }

  /**
   * Opens the file, making it, owner-only, and its tables where they are not there yet.
   *
   * @param schema statements that make what is missing ({@code CREATE TABLE IF NOT EXISTS …})
   * @throws TwinloomException if the file cannot be opened, is damaged or of a newer program
   */
  public static CloudDatabase open(Path file, List<String> schema) {
    try {
      OwnerOnly.makeFile(file);
      CloudDatabase database = new CloudDatabase(file, schema);
      database.committer.start();
      return database;
    } catch (SQLException | IOException e) {
      throw new TwinloomException(
          LocalError.STORE_UNREADABLE,
          "The store cannot be opened: " + e.getMessage(),
          file.toString(),
          "See that the disk has room and the file is readable. If it is damaged, restore it from a"
              + " backup; or move it away and start with --new-store to begin with an empty one.",
          e);
    }
  }

  private Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    // A connection has one user at a time, so it needs no lock for each of a row's columns.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    Properties properties = config.toProperties();
    // Else every insert is followed by a query for the id it was given, a fifth of its time.
    properties.setProperty("jdbc.get_generated_keys", "false");
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
    connections.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size=" + PAGE_BYTES);
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA busy_timeout=5000");
      statement.execute("PRAGMA cache_size=-2000");
      statement.execute("PRAGMA wal_autocheckpoint=1000");
    }
    return connection;
  }

  /**
   * Hands in a write; never blocks (those who hand in bound how much they have under way). It
   * completes when it is on disk; exceptionally with a {@link StoreException} where it failed, and
   * then nothing of it was written. Completions run on the committer's thread: what follows and is
   * not short goes elsewhere ({@code thenApplyAsync}).
   */
  public <T> CompletableFuture<T> write(Write<T> write) {
    return write(write, Urgency.USUAL);
  }

  /** As {@link #write(Write)}, in its own turn. */
  public <T> CompletableFuture<T> write(Write<T> write, Urgency urgency) {
    return committer.write(write, urgency);
  }

  /** As {@link #write}, where nothing is given back. */
  public CompletableFuture<Void> change(Change change) {
    return change(change, Urgency.USUAL);
  }

  /** As {@link #change(Change)}, in its own turn. */
  @SuppressWarnings("NullAway") // Void has no value but null.
  public CompletableFuture<Void> change(Change change, Urgency urgency) {
    return write(
        statements -> {
          change.run(statements);
          return null;
        },
        urgency);
  }

  /**
   * Writes, and waits until it is on disk.
   *
   * @throws StoreException if it failed
   */
  public <T> T writeNow(Write<T> write) {
    return writeNow(write, Urgency.USUAL);
  }

  /** As {@link #writeNow(Write)}, in its own turn. */
  public <T> T writeNow(Write<T> write, Urgency urgency) {
    try {
      return write(write, urgency).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException known ? known.again() : e;
    }
  }

  /** As {@link #writeNow}, where nothing is given back. */
  @SuppressWarnings("NullAway") // Void has no value but null.
  public void changeNow(Change change) {
    var nothing =
        writeNow(
            statements -> {
              change.run(statements);
              return null;
            });
  }

  /**
   * Reads the last commit.
   *
   * @throws StoreException if the read failed, or the store is closed or lost
   */
  public <T> T read(Read<T> read) {
    Optional<String> lost = committer.lost();
    if (lost.isPresent()) {
      throw Committer.lost(file, lost.get());
    }
    Statements statements = reader();
    try {
      return read.run(statements);
    } catch (SQLException e) {
      statements.forget();
      throw new StoreException("The store cannot be read: " + e.getMessage(), file.toString(), e);
    } finally {
      readers.add(statements);
    }
  }

  private Statements reader() {
    try {
      while (!closing.get()) {
        Statements free = readers.poll(100, TimeUnit.MILLISECONDS);
        if (free != null) {
          return free;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while waiting to read", file.toString(), e);
    }
    throw Committer.closed(file);
  }

  /**
   * What has become of the file, where it is not the one that was opened any more. From then on
   * nothing is written or read: what would be written would be gone with the process.
   */
  public Optional<String> loss() {
    Optional<String> loss = storeFile.loss();
    loss.ifPresent(committer::lose);
    return loss;
  }

  /** Has this run, once, when the file is lost; on any thread, and not for long. */
  public void onLoss(Consumer<String> listener) {
    committer.onLoss(listener);
  }

  /**
   * Has this know how many nanoseconds each write has taken that an event waits for, on any thread.
   */
  public void onWait(LongConsumer listener) {
    committer.onWait(listener);
  }

  /**
   * Writes what waits, lets reads end, then closes the file; once is enough, twice does no harm.
   */
  @Override
  public void close() {
    close(CLOSING);
  }

  void close(Duration patience) {
    if (closing.getAndSet(true)) {
      return;
    }
    try {
      committer.close();
      for (int i = 0; i < READERS; i++) {
        Statements free = readers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (free == null) {
          // Somebody still reads: closing a connection under its user would take the process down.
          break;
        }
        free.connection.close();
      }
      writing.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new StoreException("The store did not close", file.toString(), e);
    }
  }
}
