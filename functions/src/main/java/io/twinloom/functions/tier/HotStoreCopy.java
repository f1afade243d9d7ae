package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.tier.CopyProgress.Stage;
import io.twinloom.functions.tier.CopyTarget.Reply;
import io.twinloom.functions.tier.CopyTarget.Taken;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.functions.tier.MoveRunner.End;
import io.twinloom.json.JsonObject;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * One pass over a hot store: its items are copied, or looked for in the new one. Several devices at
 * a time, each by one thread in the order of time, on which it depends that an event has one place
 * ({@link io.twinloom.functions.port.HotCopy}). Holds few batches, however large the store is.
 */
final class HotStoreCopy implements StoreCopy {

  /** What one request holds as JSON: the store behind it writes that in a moment. */
  static final int BATCH_BYTES = 1024 * 1024;

  /** So many items are looked at together. */
  static final int BATCH_ITEMS = 5_000;

  private static final int AT_ONCE = 4;
  private static final int DEVICES = 100;

  private static final String MARK = "\"" + VerifyMark.MEMBER + "\"";

  private final HotStore store;
  private final CopyTarget target;
  private final StoreCopier.Going going;
  private final int batchItems;

  /**
   * Makes the way through a store.
   *
   * @param batchItems how many items are looked at together
   */
  HotStoreCopy(HotStore store, CopyTarget target, StoreCopier.Going going, int batchItems) {
    this.store = store;
    this.target = target;
    this.going = going;
    this.batchItems = batchItems;
  }

  @Override
  public End pass(CopyPlan plan, String trace, BooleanSupplier overdue) {
    CopyProgress progress = plan.progress();
    if (!progress.hasTotal()) {
      progress.total(CopyTotal.ofItems(store.size()));
    }
    while (true) {
      List<String> devices = store.devicesBefore(Timestamps.END, progress.after(), DEVICES);
      if (devices.isEmpty()) {
        return End.DONE;
      }
      End end = together(devices, plan, trace, overdue);
      if (end != End.DONE) {
        return end;
      }
      progress.doneUpTo(devices.getLast());
      plan.save();
    }
  }

  private End together(List<String> devices, CopyPlan plan, String trace, BooleanSupplier overdue) {
    AtomicReference<End> ended = new AtomicReference<>(End.DONE);
    List<String> waiting = new ArrayList<>(devices);
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(AT_ONCE, devices.size()); i++) {
      workers.add(
          CompletableFuture.runAsync(
              () -> {
                for (String device = next(waiting);
                    !device.isEmpty() && ended.get() == End.DONE;
                    device = next(waiting)) {
                  BooleanSupplier stop = () -> ended.get() != End.DONE || overdue.getAsBoolean();
                  End own = new Device(device, plan, trace).pass(stop);
                  if (own != End.DONE) {
                    ended.compareAndSet(End.DONE, own);
                  }
                }
              },
              going.aside()));
    }
    try {
      CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
    return Objects.requireNonNull(ended.get());
  }

  private static String next(List<String> waiting) {
    synchronized (waiting) {
      return waiting.isEmpty() ? "" : waiting.removeFirst();
    }
  }

  /** A device's items, from where an earlier run has come to. */
  private final class Device {
    private final String device;
    private final CopyPlan plan;
    private final CopyProgress progress;
    private final String trace;

    Device(String device, CopyPlan plan, String trace) {
      this.device = device;
      this.plan = plan;
      this.progress = plan.progress();
      this.trace = trace;
    }

    End pass(BooleanSupplier stop) {
      Optional<String> cursor = progress.cursor(device);
      if (cursor.filter(String::isEmpty).isPresent()) {
        return End.DONE;
      }
      String from = cursor.orElse(Timestamps.MIN);
      while (true) {
        if (stop.getAsBoolean()) {
          return End.LATER;
        }
        StoredPage page = page(from);
        if (page.items().isEmpty()) {
          progress.reached(device, "");
          return End.DONE;
        }
        List<StoredItem> real = unmarked(page.items());
        End end =
            progress.stage() == Stage.VERIFYING
                ? going.pace().run(() -> compare(real))
                : copy(real);
        if (end != End.DONE) {
          return end;
        }
        from = Timestamps.after(page.items().getLast().place().timestamp());
        progress.marked(page.items().size() - real.size());
        progress.reached(device, page.more() ? from : "");
        plan.save();
        if (!page.more()) {
          return End.DONE;
        }
      }
    }

    private StoredPage page(String from) {
      return going.pace().run(() -> store.itemsBefore(device, from, Timestamps.END, batchItems));
    }

    private End compare(List<StoredItem> items) {
      if (items.isEmpty()) {
        return End.DONE;
      }
      return switch (target.missing(device, items, trace)) {
        case Reply.Answered<Long>(Long missing) -> {
          progress.missing(missing);
          progress.items(new Taken(0, items.size() - missing, 0), bytes(items));
          yield End.DONE;
        }
        case Reply.Failed<Long>(String why, Next next) -> stopped(why, next);
      };
    }

    private End copy(List<StoredItem> items) {
      for (int from = 0, to; from < items.size(); from = to) {
        to = batchFrom(items, from);
        List<StoredItem> batch = items.subList(from, to);
        End end = going.pace().run(() -> send(batch));
        if (end != End.DONE) {
          return end;
        }
      }
      return End.DONE;
    }

    /** One that the writer refuses is left alone; the others around it are copied. */
    private End send(List<StoredItem> items) {
      Chunk chunk = Chunk.of(device, items, true);
      Reply<Taken> reply =
          CopyTarget.fits(chunk)
              ? target.send(chunk, trace)
              : new Reply.Failed<>("It does not fit into a request.", Next.GO_ON);
      return switch (reply) {
        case Reply.Answered<Taken>(Taken taken) -> {
          progress.items(taken, chunk.content().bytes());
          yield End.DONE;
        }
        case Reply.Failed<Taken>(String why, Next next) -> {
          if (next != Next.GO_ON) {
            yield stopped(why, next);
          }
          if (items.size() == 1) {
            progress.left(device + " " + items.getFirst().place().timestamp(), why);
            yield End.DONE;
          }
          int half = items.size() / 2;
          End first = send(items.subList(0, half));
          yield first == End.DONE ? send(items.subList(half, items.size())) : first;
        }
      };
    }

    private End stopped(String why, Next next) {
      progress.stopped(why);
      return next == Next.STOP ? End.REFUSED : End.LATER;
    }
  }

  private static int batchFrom(List<StoredItem> items, int from) {
    long bytes = 0;
    int to = from;
    while (to < items.size() && (to == from || bytes + items.get(to).json().length < BATCH_BYTES)) {
      bytes += items.get(to).json().length + 1L;
      to++;
    }
    return to;
  }

  private static long bytes(List<StoredItem> items) {
    return items.stream().mapToLong(item -> item.json().length).sum();
  }

  /** What {@code verify} has sent is removed by who sent it, and is not to come back. */
  private static List<StoredItem> unmarked(List<StoredItem> items) {
    return items.stream().filter(item -> !isMarked(item.json())).toList();
  }

  /** Looks for the mark as text, of which the JVM compares many bytes at a time. */
  private static boolean isMarked(byte[] json) {
    return new String(json, StandardCharsets.ISO_8859_1).contains(MARK)
        && VerifyMark.isOn(JsonObject.unread(json));
  }
}
