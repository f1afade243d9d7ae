package io.twinloom.local.store;

import io.twinloom.functions.port.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One cloud's SQLite file. Reads run on a few connections of their own and see the last commit;
 * writes are gathered by one committer thread, which runs all that wait in one transaction and
 * completes them after it is on disk (WAL, {@code synchronous=FULL}): the more wait, the less each
 * costs. Writes take effect in the order they were handed in, so whoever hands in {@code A} before
 * {@code B} never finds {@code B} on disk without {@code A}.
 *
 * @see <a href="https://sqlite.org/wal.html">SQLite: Write-Ahead Logging</a>
 */
public final class CloudDatabase implements AutoCloseable {

  /** As many writes are gathered into one transaction at most. */
  static final int MAX_BATCH = 1_000;

  private static final int READERS = 4;

  /** A write inside the committer's transaction. It may be run twice, so it changes nothing else. */
  @FunctionalInterface
  public interface Write<T> {
    T run(Statements statements) throws SQLException;
  }

  /** A write that gives nothing back. */
  @FunctionalInterface
  public interface Change {
    void run(Statements statements) throws SQLException;
  }

  /** A read of the last commit. */
  @FunctionalInterface
  public interface Read<T> {
    T run(Statements statements) throws SQLException;
  }

  /** Prepared statements of one connection, kept by their text. */
  public static final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private Statements(Connection connection) {
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
  }

  private record Waiting<T>(Write<T> write, CompletableFuture<T> done) {
    @Nullable T attempt(Statements statements) throws SQLException {
      return write.run(statements);
    }
  }

  private static final class Result<T> {
    private final Waiting<T> waiting;
    private final @Nullable T value;

    private Result(Waiting<T> waiting, @Nullable T value) {
      this.waiting = waiting;
      this.value = value;
    }

    static <T> Result<T> of(Waiting<T> waiting, Statements statements) throws SQLException {
      return new Result<>(waiting, waiting.attempt(statements));
    }

    @SuppressWarnings("NullAway") // A write of type Void gives null.
    void complete() {
      waiting.done.complete(value);
    }
  }

  private final Path file;
  private final Statements writer;
  private final BlockingQueue<Statements> readers = new ArrayBlockingQueue<>(READERS);
  private final List<Connection> connections = new ArrayList<>();
  private final BlockingQueue<Waiting<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread committer;
  private volatile boolean closing;

  private CloudDatabase(Path file, List<String> schema) throws SQLException {
    this.file = file;
    Connection write = connect();
    try (Statement statement = write.createStatement()) {
      for (String sql : schema) {
        statement.execute(sql);
      }
    }
    write.setAutoCommit(false);
    this.writer = new Statements(write);
    for (int i = 0; i < READERS; i++) {
      readers.add(new Statements(connect()));
    }
    this.committer = Thread.ofPlatform().name("commit-" + file.getFileName()).unstarted(this::commitAll);
  }

  /**
   * Opens the file, making it and its tables where they are not there yet.
   *
   * @param schema statements that make what is missing ({@code CREATE TABLE IF NOT EXISTS …})
   * @throws StoreException if the file cannot be opened or is damaged
   */
  public static CloudDatabase open(Path file, List<String> schema) {
    try {
      CloudDatabase database = new CloudDatabase(file, schema);
      database.committer.start();
      return database;
    } catch (SQLException e) {
      throw new StoreException("The store cannot be opened: " + e.getMessage(), file.toString(), e);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    connections.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA busy_timeout=5000");
      statement.execute("PRAGMA cache_size=-2000");
      statement.execute("PRAGMA wal_autocheckpoint=2000");
    }
    return connection;
  }

  /**
   * Hands in a write; never blocks (those who hand in bound how much they have under way). It
   * completes when it is on disk; exceptionally with a {@link StoreException}
   * where it failed, and then nothing of it was written. Completions run on the committer's thread:
   * what follows and is not short goes elsewhere ({@code thenApplyAsync}).
   */
  public <T> CompletableFuture<T> write(Write<T> write) {
    CompletableFuture<T> done = new CompletableFuture<>();
    if (closing) {
      done.completeExceptionally(closed());
      return done;
    }
    waiting.add(new Waiting<>(write, done));
    return done;
  }

  /** As {@link #write}, where nothing is given back. */
  @SuppressWarnings("NullAway") // Void has no value but null.
  public CompletableFuture<Void> change(Change change) {
    return write(
        statements -> {
          change.run(statements);
          return null;
        });
  }

  /**
   * Reads the last commit.
   *
   * @throws StoreException if the read failed
   */
  public <T> T read(Read<T> read) {
    Statements statements;
    try {
      statements = readers.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while waiting to read", file.toString(), e);
    }
    try {
      return read.run(statements);
    } catch (SQLException e) {
      throw new StoreException("The store cannot be read: " + e.getMessage(), file.toString(), e);
    } finally {
      readers.add(statements);
    }
  }

  /** How many writes wait for the committer. */
  public int waitingWrites() {
    return waiting.size();
  }

  private void commitAll() {
    List<Waiting<?>> batch = new ArrayList<>(MAX_BATCH);
    while (true) {
      batch.clear();
      try {
        Waiting<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (closing && waiting.isEmpty()) {
            return;
          }
          continue;
        }
        batch.add(first);
        waiting.drainTo(batch, MAX_BATCH - 1);
      } catch (InterruptedException e) {
        closing = true;
        continue;
      }
      commit(batch);
    }
  }

  private void commit(List<Waiting<?>> batch) {
    List<Result<?>> results = new ArrayList<>(batch.size());
    try {
      for (Waiting<?> one : batch) {
        results.add(Result.of(one, writer));
      }
      writer.connection.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack();
      if (batch.size() == 1) {
        batch.get(0).done.completeExceptionally(failed(e));
      } else {
        // One bad write must not fail its neighbours: each has its own transaction now.
        for (Waiting<?> one : batch) {
          commit(List.of(one));
        }
      }
      return;
    }
    for (Result<?> result : results) {
      result.complete();
    }
  }

  private void rollBack() {
    try {
      writer.connection.rollback();
    } catch (SQLException e) {
      // The next commit fails too and reports it; there is nobody to tell here.
      return;
    }
  }

  private StoreException failed(Exception e) {
    return new StoreException("The store did not write: " + e.getMessage(), file.toString(), e);
  }

  private StoreException closed() {
    return new StoreException(
        "The store is closed", file.toString(), new IllegalStateException("closed"));
  }

  /** Writes what waits, then closes the file. */
  @Override
  public void close() {
    closing = true;
    try {
      committer.join();
      for (Waiting<?> late; (late = waiting.poll()) != null; ) {
        late.done.completeExceptionally(closed());
      }
      for (Connection connection : connections) {
        connection.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new StoreException("The store did not close", file.toString(), e);
    }
  }
}
