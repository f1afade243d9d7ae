package io.twinloom.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How events go through one cloud of a floor. */
interface FloorEvents {

  /** Keeps what a device has published; completes when it is durable and may be acknowledged. */
  CompletableFuture<Void> published(String device, byte[] payload);

  /**
   * Keeps what a request brought; durable on return. What follows happens by itself.
   *
   * @return the answer
   */
  byte[] received(byte[] body);

  /**
   * Sends the body of one request to the next cloud; returns the answer.
   *
   * @throws IllegalStateException if it is not answered with 200
   */
  @FunctionalInterface
  interface Next {
    byte[] post(byte[] body);
  }

  /** What is answered where nobody reads the answer. */
  byte[] OK = "{\"status\":\"Success\"}".getBytes(StandardCharsets.UTF_8);

  /** One event at a time: a durable write for each, a request for each. */
  record OneByOne(FloorStore store, Optional<Next> next) implements FloorEvents {
    @Override
    public CompletableFuture<Void> published(String device, byte[] payload) {
      return store
          .keep(List.of(payload))
          .thenAccept(
              kept ->
                  Thread.startVirtualThread(
                      () -> {
                        if (next.isPresent()) {
                          next.get().post(payload);
                        } else {
                          store.keep(List.of(payload)).join();
                          store.count(1);
                        }
                      }));
    }

    @Override
    public byte[] received(byte[] body) {
      store.keep(List.of(body)).join();
      if (next.isPresent()) {
        Thread.startVirtualThread(() -> next.get().post(body));
      } else {
        store.count(1);
      }
      return OK;
    }
  }

  /**
   * What waits goes together: one row for all that was published meanwhile, one request for up to a
   * hundred events, and in the last cloud an item for each, in one transaction.
   */
  final class Together implements FloorEvents {

    /** Requests, or transactions, on the way at a time: fewer leave a core idle. */
    static final int RUNS = 8;

    private record Published(byte[] payload, CompletableFuture<Void> kept) {}

    private final FloorStore store;
    private final Optional<Next> next;
    private final NaturalBatches<Published> arriving = new NaturalBatches<>(1, this::keep);
    private final NaturalBatches<byte[]> leaving = new NaturalBatches<>(RUNS, this::leave);

    Together(FloorStore store, Optional<Next> next) {
      this.store = store;
      this.next = next;
    }

    @Override
    public CompletableFuture<Void> published(String device, byte[] payload) {
      Published one = new Published(payload, new CompletableFuture<>());
      arriving.add(one);
      return one.kept();
    }

    private void keep(List<Published> batch) {
      List<byte[]> payloads = batch.stream().map(Published::payload).toList();
      store.keep(List.of(EventList.join(payloads))).join();
      batch.forEach(one -> one.kept().complete(null));
      leaving.addAll(payloads);
    }

    private void leave(List<byte[]> batch) {
      if (next.isPresent()) {
        next.get().post(EventList.join(batch));
      } else {
        store.keep(batch).join();
        store.count(batch.size());
      }
    }

    @Override
    public byte[] received(byte[] body) {
      if (next.isPresent()) {
        store.keep(List.of(body)).join();
        leaving.addAll(EventList.split(body));
      } else {
        leave(EventList.split(body));
      }
      return OK;
    }
  }

  /**
   * The events of a cloud, by the kind of floor.
   *
   * @param identifies whether it is here that events get their ids
   */
  static FloorEvents of(FloorKind kind, FloorStore store, Optional<Next> next, boolean identifies) {
    return switch (kind) {
      case EVENT -> new OneByOne(store, next);
      case BATCH -> new Together(store, next);
      case CONTRACT -> new ContractEvents(store, next, identifies);
    };
  }
}
