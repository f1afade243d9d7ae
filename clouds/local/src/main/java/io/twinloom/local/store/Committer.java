package io.twinloom.local.store;

import io.twinloom.functions.port.StoreException;
import io.twinloom.local.store.CloudDatabase.Statements;
import io.twinloom.local.store.CloudDatabase.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The one thread that writes a database. It takes all writes that wait into one transaction; while
 * that goes to disk, the next ones gather.
 *
 * <p>A commit costs about as much as twenty writes. Where writes come from several callers at once,
 * commits therefore keep a distance ({@link #GATHER_NANOS}), in which more gather; a caller that is
 * alone does not wait.
 */
final class Committer {

  /** As many writes are gathered into one transaction at most. */
  static final int MAX_BATCH = 1_000;

  /** The least time from one commit's end to the next one's start, when writes come together. */
  static final long GATHER_NANOS = 1_000_000;

  /** A snapshot that is begun holds the file for less. */
  private static final long LONGEST_BUSY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long BUSY_LOOK_NANOS = 1_000_000;

  /** An extended code of SQLite has its primary one in the lowest byte. */
  private static final int PRIMARY_CODE = 0xff;

  private static final class Waiting<T> {
    private final Write<T> write;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final long since = System.nanoTime();
    private @Nullable T result;

    Waiting(Write<T> write) {
      this.write = write;
    }

    void run(Statements statements) throws SQLException {
      result = write.run(statements);
    }

    @SuppressWarnings("NullAway") // A write of type Void gives null.
    void complete() {
      done.complete(result);
    }
  }

  /** Handed in last, it ends the thread. */
  private static final Write<Boolean> END = statements -> true;

  /** Handed in beside each write that goes behind the others, so that the thread looks for it. */
  private static final Write<Boolean> LOOK = statements -> true;

  private final StoreFile storeFile;
  private final Path file;
  private final Connection connection;
  private final Statements statements;
  private final BlockingQueue<Waiting<?>> waiting = new LinkedBlockingQueue<>();
  private final Queue<Waiting<?>> behind = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean finished;
  private final CompletableFuture<String> loss = new CompletableFuture<>();
  private volatile LongConsumer waits = nanos -> {};

  Committer(StoreFile storeFile, Path file, Connection connection) {
    this.storeFile = storeFile;
    this.file = file;
    this.connection = connection;
    this.statements = new Statements(connection);
    this.thread = Thread.ofPlatform().name("commit-" + file.getFileName()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  <T> CompletableFuture<T> write(Write<T> write, Urgency urgency) {
    Waiting<T> one = new Waiting<>(write);
    Optional<String> lost = lost();
    if (lost.isPresent()) {
      one.done.completeExceptionally(lost(file, lost.get()));
      return one.done;
    }
    if (closing) {
      one.done.completeExceptionally(closed(file));
      return one.done;
    }
    switch (urgency) {
      case EVENT -> {
        waiting.add(one);
        var unused = one.done.thenRun(() -> waits.accept(System.nanoTime() - one.since));
      }
      case USUAL -> waiting.add(one);
      case BEHIND -> {
        behind.add(one);
        waiting.add(new Waiting<>(LOOK));
      }
    }
    if (finished) {
      // It came after the thread had looked for the last time.
      refuseRest();
    }
    return one.done;
  }

  /** Has this know how long each write has taken that an event waits for. */
  void onWait(LongConsumer listener) {
    waits = listener;
  }

  /** Writes what waits, then ends. */
  void close() throws InterruptedException {
    closing = true;
    waiting.add(new Waiting<>(END));
    thread.join();
    finished = true;
    refuseRest();
  }

  private void refuseRest() {
    for (Waiting<?> late; (late = waiting.poll()) != null; ) {
      late.done.completeExceptionally(closed(file));
    }
    for (Waiting<?> late; (late = behind.poll()) != null; ) {
      late.done.completeExceptionally(closed(file));
    }
  }

  static StoreException closed(Path file) {
    return StoreException.unavailable(
        "The store is closed", file.toString(), new IllegalStateException("closed"));
  }

  /** What was lost, as far as it is known by now. */
  Optional<String> lost() {
    return loss.isDone() ? Optional.of(loss.join()) : Optional.empty();
  }

  /** From now on no write succeeds. */
  void lose(String what) {
    loss.complete(what);
  }

  void onLoss(Consumer<String> listener) {
    var unused = loss.thenAccept(listener);
  }

  static StoreException lost(Path file, String what) {
    return StoreException.unavailable(
        "The store is lost: " + what, file.toString(), new IllegalStateException("lost"));
  }

  private void run() {
    List<Waiting<?>> batch = new ArrayList<>(MAX_BATCH);
    boolean ended = false;
    while (!ended) {
      long lastCommit = System.nanoTime();
      boolean together = batch.size() > 1;
      batch.clear();
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        // Nobody of this product interrupts it, and an acknowledged write must not be lost to one.
        continue;
      }
      if (together && !closing) {
        LockSupport.parkNanos(lastCommit + GATHER_NANOS - System.nanoTime());
      }
      waiting.drainTo(batch, MAX_BATCH - 1);
      ended = batch.removeIf(one -> one.write == END);
      batch.removeIf(one -> one.write == LOOK);
      takeBehind(batch, ended);
      if (!batch.isEmpty()) {
        commit(batch);
      }
    }
  }

  /** One, unless there will be no further commit: what waits for this one waits for no longer. */
  private void takeBehind(List<Waiting<?>> batch, boolean all) {
    Waiting<?> next;
    do {
      next = behind.poll();
      if (next != null) {
        batch.add(next);
      }
    } while (all && next != null);
    if (!behind.isEmpty()) {
      waiting.add(new Waiting<>(LOOK));
    }
  }

  private void commit(List<Waiting<?>> batch) {
    try {
      write(batch);
      Optional<String> lost = storeFile.loss();
      if (lost.isPresent()) {
        // Into a file that nobody will find: callers that wait must not take it for kept.
        lose(lost.get());
        batch.forEach(one -> one.done.completeExceptionally(lost(file, lost.get())));
        return;
      }
    } catch (SQLException | RuntimeException | Error e) {
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
    for (Waiting<?> one : batch) {
      one.complete();
    }
  }

  /** Tries again while another process holds the file. */
  private void write(List<Waiting<?>> batch) throws SQLException {
    long end = System.nanoTime() + LONGEST_BUSY_NANOS;
    while (true) {
      try {
        for (Waiting<?> one : batch) {
          one.run(statements);
        }
        connection.commit();
        return;
      } catch (SQLException e) {
        if (code(e) != SQLiteErrorCode.SQLITE_BUSY.code || System.nanoTime() > end) {
          throw e;
        }
        rollBack();
        LockSupport.parkNanos(BUSY_LOOK_NANOS);
      }
    }
  }

  private void rollBack() {
    statements.forget();
    try {
      connection.rollback();
    } catch (SQLException rolledBack) {
      // SQLite does that by itself when the disk is full; the driver then begins no new one, and
      // without it every statement would be its own transaction.
      try (Statement begin = connection.createStatement()) {
        begin.execute("BEGIN");
      } catch (SQLException begun) {
        // Whatever is wrong, the next commit meets it too, and reports it to its writers.
        return;
      }
    }
  }

  private StoreException failed(Throwable e) {
    String what = "The store did not write: " + e.getMessage();
    return e instanceof SQLException sql && isOfTheDisk(sql)
        ? StoreException.unavailable(what, file.toString(), e)
        : new StoreException(what, file.toString(), e);
  }

  private static int code(SQLException e) {
    return e.getErrorCode() & PRIMARY_CODE;
  }

  /** Whether it says something of the disk, and nothing of what was written. */
  private static boolean isOfTheDisk(SQLException e) {
    int code = code(e);
    return code == SQLiteErrorCode.SQLITE_FULL.code
        || code == SQLiteErrorCode.SQLITE_IOERR.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_BUSY.code;
  }
}
