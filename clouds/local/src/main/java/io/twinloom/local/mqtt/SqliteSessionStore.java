package io.twinloom.local.mqtt;

import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.CloudDatabase.Statements;
import io.twinloom.mqtt.Message;
import io.twinloom.mqtt.MessageProperties;
import io.twinloom.mqtt.SessionStore;
import io.twinloom.mqtt.Subscription;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The device channel's persistent sessions in the cloud's database. A session's {@code ended_at} is
 * absent while its client is connected.
 */
public final class SqliteSessionStore implements SessionStore {

  /** Makes its tables; for {@link CloudDatabase#open}. */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS mqtt_session (
            client_id TEXT PRIMARY KEY,
            expiry_seconds INTEGER NOT NULL,
            ended_at INTEGER,
            sent_to INTEGER NOT NULL
          ) WITHOUT ROWID
          """,
          """
          CREATE TABLE IF NOT EXISTS mqtt_subscription (
            client_id TEXT NOT NULL,
            filter TEXT NOT NULL,
            qos INTEGER NOT NULL,
            no_local INTEGER NOT NULL,
            PRIMARY KEY (client_id, filter)
          ) WITHOUT ROWID
          """,
          """
          CREATE TABLE IF NOT EXISTS mqtt_message (
            client_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            topic TEXT NOT NULL,
            payload BLOB NOT NULL,
            properties BLOB,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (client_id, number)
          ) WITHOUT ROWID
          """);

  /** A page is not made longer than this, but always has a message where there is one. */
  private static final int PAGE_BYTES = 1024 * 1024;

  private static final int PAGE_MESSAGES = 200;
  private static final long CLOSE_SECONDS = 10;

  private final CloudDatabase database;
  private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /**
   * @param database has the tables of {@link #SCHEMA}
   */
  public SqliteSessionStore(CloudDatabase database) {
    this.database = database;
  }

  private CompletableFuture<Void> write(CloudDatabase.Change change) {
    CompletableFuture<Void> written = database.change(change);
    last = written;
    return written;
  }

  @Override
  public CompletableFuture<Void> putSession(
      String clientId, long expirySeconds, @Nullable Long endedAt, long sentTo) {
    return write(
        statements -> {
          PreparedStatement put =
              statements.of("INSERT OR REPLACE INTO mqtt_session VALUES (?, ?, ?, ?)");
          put.setString(1, clientId);
          put.setLong(2, expirySeconds);
          put.setObject(3, endedAt);
          put.setLong(4, sentTo);
          put.executeUpdate();
        });
  }

  @Override
  public CompletableFuture<Void> removeSession(String clientId) {
    return write(
        statements -> {
          delete(statements, "mqtt_message", clientId);
          delete(statements, "mqtt_subscription", clientId);
          delete(statements, "mqtt_session", clientId);
        });
  }

  private static void delete(Statements statements, String table, String clientId)
      throws SQLException {
    PreparedStatement delete = statements.of("DELETE FROM " + table + " WHERE client_id = ?");
    delete.setString(1, clientId);
    delete.executeUpdate();
  }

  @Override
  public CompletableFuture<Void> putSubscription(
      String clientId, String filter, Subscription subscription) {
    return write(
        statements -> {
          PreparedStatement put =
              statements.of("INSERT OR REPLACE INTO mqtt_subscription VALUES (?, ?, ?, ?)");
          put.setString(1, clientId);
          put.setString(2, filter);
          put.setInt(3, subscription.qos());
          put.setBoolean(4, subscription.noLocal());
          put.executeUpdate();
        });
  }

  @Override
  public CompletableFuture<Void> removeSubscription(String clientId, String filter) {
    return write(
        statements -> {
          PreparedStatement delete =
              statements.of("DELETE FROM mqtt_subscription WHERE client_id = ? AND filter = ?");
          delete.setString(1, clientId);
          delete.setString(2, filter);
          delete.executeUpdate();
        });
  }

  @Override
  public CompletableFuture<Void> addMessage(String clientId, long number, Message message) {
    return write(
        statements -> {
          PreparedStatement add =
              statements.of("INSERT INTO mqtt_message VALUES (?, ?, ?, ?, ?, ?)");
          add.setString(1, clientId);
          add.setLong(2, number);
          add.setString(3, message.topic());
          add.setBytes(4, message.payload());
          add.setBytes(5, MessagePropertiesJson.write(message.properties()));
          add.setLong(6, message.expiresAt());
          add.executeUpdate();
        });
  }

  @Override
  public CompletableFuture<Void> removeMessage(String clientId, long number) {
    return write(
        statements -> {
          PreparedStatement delete =
              statements.of("DELETE FROM mqtt_message WHERE client_id = ? AND number = ?");
          delete.setString(1, clientId);
          delete.setLong(2, number);
          delete.executeUpdate();
        });
  }

  @Override
  public CompletableFuture<Page> messagesAfter(String clientId, long number) {
    CompletableFuture<Page> page = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("mqtt-read")
        .start(
            () -> {
              try {
                page.complete(database.read(statements -> page(statements, clientId, number)));
              } catch (RuntimeException e) {
                page.completeExceptionally(e);
              }
            });
    return page;
  }

  private static Page page(Statements statements, String clientId, long number)
      throws SQLException {
    PreparedStatement select =
        statements.of(
            "SELECT number, topic, payload, properties, expires_at FROM mqtt_message"
                + " WHERE client_id = ? AND number > ? ORDER BY number");
    select.setString(1, clientId);
    select.setLong(2, number);
    List<StoredMessage> messages = new ArrayList<>();
    int bytes = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        if (messages.size() >= PAGE_MESSAGES || bytes >= PAGE_BYTES) {
          return new Page(messages, false);
        }
        byte[] payload = rows.getBytes(3);
        bytes += payload.length;
        MessageProperties properties = MessagePropertiesJson.read(rows.getBytes(4));
        Message message = new Message(rows.getString(2), payload, 1, properties, rows.getLong(5));
        messages.add(new StoredMessage(rows.getLong(1), message));
      }
    }
    return new Page(messages, true);
  }

  @Override
  public List<StoredSession> sessions() {
    return database.read(
        statements -> {
          List<StoredSession> sessions = new ArrayList<>();
          PreparedStatement select =
              statements.of(
                  "SELECT s.client_id, s.expiry_seconds, s.ended_at, s.sent_to,"
                      + " count(m.number), coalesce(sum(length(m.payload)), 0),"
                      + " coalesce(max(m.number), 0)"
                      + " FROM mqtt_session s LEFT JOIN mqtt_message m USING (client_id)"
                      + " GROUP BY s.client_id");
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              long endedAt = rows.getLong(3);
              Long ended = rows.wasNull() ? null : Long.valueOf(endedAt);
              sessions.add(
                  new StoredSession(
                      rows.getString(1),
                      rows.getLong(2),
                      ended,
                      rows.getLong(4),
                      rows.getInt(5),
                      rows.getLong(6),
                      rows.getLong(7)));
            }
          }
          return sessions;
        });
  }

  @Override
  public List<StoredSubscription> subscriptions() {
    return database.read(
        statements -> {
          List<StoredSubscription> subscriptions = new ArrayList<>();
          PreparedStatement select =
              statements.of("SELECT client_id, filter, qos, no_local FROM mqtt_subscription");
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              subscriptions.add(
                  new StoredSubscription(
                      rows.getString(1),
                      rows.getString(2),
                      new Subscription(rows.getInt(3), rows.getBoolean(4))));
            }
          }
          return subscriptions;
        });
  }

  @Override
  public void close() {
    try {
      last.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Its own future says so, or will when the database closes.
      return;
    }
  }
}
