package io.twinloom.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that a server can be started on again. Like one on disk it writes on a thread of its own,
 * so that messages are durable later than they came.
 */
final class MemorySessionStore implements SessionStore {
  private static final int PAGE_MESSAGES = 200;

  private record Row(long expirySeconds, @Nullable Long endedAt, long sentTo) {}

  private final Map<String, Row> sessions = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Subscription>> subscriptions = new ConcurrentHashMap<>();
  private final Map<String, TreeMap<Long, Message>> messages = new ConcurrentHashMap<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("store").factory());

  /** How many sessions, subscriptions and messages there are. */
  int size() {
    return run(() ->
            sessions.size()
                + subscriptions.values().stream().mapToInt(Map::size).sum()
                + messages.values().stream().mapToInt(Map::size).sum())
        .join();
  }

  /** How many undelivered messages a session has. */
  int messages(String clientId) {
    return run(() -> messages.getOrDefault(clientId, new TreeMap<>()).size()).join();
  }

  /** A store with what is in this one now. */
  MemorySessionStore copy() {
    MemorySessionStore copy = new MemorySessionStore();
    return run(() -> {
          copy.sessions.putAll(sessions);
          subscriptions.forEach((id, own) -> copy.subscriptions.put(id, new TreeMap<>(own)));
          messages.forEach((id, own) -> copy.messages.put(id, new TreeMap<>(own)));
          return copy;
        })
        .join();
  }

  private <T> CompletableFuture<T> run(Supplier<T> read) {
    return CompletableFuture.supplyAsync(read, writer);
  }

  private CompletableFuture<Void> write(Runnable change) {
    return CompletableFuture.runAsync(change, writer);
  }

  @Override
  public List<StoredSession> sessions() {
    return run(() -> {
          List<StoredSession> all = new ArrayList<>();
          sessions.forEach(
              (client, row) -> {
                TreeMap<Long, Message> own = messages.getOrDefault(client, new TreeMap<>());
                long bytes = own.values().stream().mapToLong(m -> m.payload().length).sum();
                all.add(
                    new StoredSession(
                        client,
                        row.expirySeconds,
                        row.endedAt,
                        row.sentTo,
                        own.size(),
                        bytes,
                        own.isEmpty() ? 0 : own.lastKey()));
              });
          return all;
        })
        .join();
  }

  @Override
  public List<StoredSubscription> subscriptions() {
    return run(() -> {
          List<StoredSubscription> all = new ArrayList<>();
          subscriptions.forEach(
              (client, own) ->
                  own.forEach(
                      (filter, options) ->
                          all.add(new StoredSubscription(client, filter, options))));
          return all;
        })
        .join();
  }

  @Override
  public CompletableFuture<Void> putSession(
      String clientId, long expirySeconds, @Nullable Long endedAt, long sentTo) {
    return write(() -> sessions.put(clientId, new Row(expirySeconds, endedAt, sentTo)));
  }

  @Override
  public CompletableFuture<Void> removeSession(String clientId) {
    return write(
        () -> {
          sessions.remove(clientId);
          subscriptions.remove(clientId);
          messages.remove(clientId);
        });
  }

  @Override
  public CompletableFuture<Void> putSubscription(
      String clientId, String filter, Subscription subscription) {
    return write(
        () ->
            subscriptions
                .computeIfAbsent(clientId, id -> new ConcurrentHashMap<>())
                .put(filter, subscription));
  }

  @Override
  public CompletableFuture<Void> removeSubscription(String clientId, String filter) {
    return write(() -> subscriptions.getOrDefault(clientId, new TreeMap<>()).remove(filter));
  }

  @Override
  public CompletableFuture<Void> addMessage(String clientId, long number, Message message) {
    return write(
        () -> messages.computeIfAbsent(clientId, id -> new TreeMap<>()).put(number, message));
  }

  @Override
  public CompletableFuture<Void> removeMessage(String clientId, long number) {
    return write(() -> messages.getOrDefault(clientId, new TreeMap<>()).remove(number));
  }

  @Override
  public CompletableFuture<Page> messagesAfter(String clientId, long number) {
    return run(
        () -> {
          List<StoredMessage> page = new ArrayList<>();
          Map<Long, Message> after =
              messages.getOrDefault(clientId, new TreeMap<>()).tailMap(number, false);
          after.forEach((n, message) -> page.add(new StoredMessage(n, message)));
          boolean complete = page.size() <= PAGE_MESSAGES;
          return new Page(complete ? page : page.subList(0, PAGE_MESSAGES), complete);
        });
  }

  @Override
  public void close() {
    run(() -> true).join();
  }
}
