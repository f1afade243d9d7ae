package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.telemetry.Timestamps;
import io.twinloom.functions.tier.ChunkMaker.Made;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.functions.tier.MoverFrame.End;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The carrying out of one plan. The order of its steps is what makes each item stand exactly once:
 * a chunk is in the plan before it is sent; that its copy is there is in the plan before its items
 * are deleted; so whoever comes next knows which of the three has happened, or can repeat it.
 */
final class HotToColdRun {

  private static final int PAGE_ITEMS = 20_000;

  /**
   * While the receiver makes one chunk durable, which is waiting for disks, it unpacks the next.
   */
  private static final int UNDER_WAY = 2;

  private final HotStore hot;
  private final ColdTier target;
  private final MoveBook book;
  private final MoveResult result;
  private final InstantSource clock;
  private final Instant deadline;
  private final Executor aside;
  private final int maxBytes;

  /** A chunk that may be sent, since it is in the plan. */
  private record Ready(PlannedChunk planned, Chunk chunk) {}

  HotToColdRun(
      HotStore hot,
      ColdTier target,
      MoveBook book,
      MoveResult result,
      InstantSource clock,
      Instant deadline,
      Executor aside,
      int maxBytes) {
    this.hot = hot;
    this.target = target;
    this.book = book;
    this.result = result;
    this.clock = clock;
    this.deadline = deadline;
    this.aside = aside;
    this.maxBytes = maxBytes;
  }

  End run(String trace) {
    for (PlannedChunk planned : book.found()) {
      if (overdue()) {
        return End.LATER;
      }
      switch (resume(planned, trace)) {
        case GO_ON -> {}
        case GIVE_UP -> {
          return End.DONE;
        }
        case LATER -> {
          return End.LATER;
        }
      }
    }
    return sendTheRest(trace);
  }

  private End sendTheRest(String trace) {
    ChunkMaker maker = new ChunkMaker(hot, target, book.cutOff(), book.position(), maxBytes);
    CompletableFuture<Optional<Made>> making = CompletableFuture.supplyAsync(maker::next, aside);
    Arrivals arrivals = new Arrivals();
    try {
      while (arrivals.end == null) {
        Optional<Made> made = result(making);
        if (made.isEmpty()) {
          arrivals.end = End.DONE;
        } else if (overdue()) {
          arrivals.end = End.LATER;
        } else {
          // Begun before the plan is saved, which waits for the deletion that the store is at.
          making = CompletableFuture.supplyAsync(maker::next, aside);
          arrivals.send(planned(made.get()), trace);
        }
      }
      return arrivals.all(arrivals.end);
    } finally {
      // What goes on beside must not go on after this run has ended, however it ends.
      settle(making);
      arrivals.settle();
    }
  }

  /** The chunks that are under way, oldest first, and the one whose items are being deleted. */
  private final class Arrivals {

    private record Sent(Ready chunk, CompletableFuture<Delivery> delivery) {}

    private final Deque<Sent> underWay = new ArrayDeque<>();
    private CompletableFuture<Void> finishing = CompletableFuture.allOf();
    @Nullable End end;

    /** Sends a chunk; waits for the oldest where enough are under way. */
    void send(Ready own, String trace) {
      underWay.add(
          new Sent(
              own,
              CompletableFuture.supplyAsync(
                  () -> target.deliver(own.chunk(), own.planned().index(), trace), aside)));
      if (underWay.size() == UNDER_WAY) {
        end = next();
      }
    }

    /** Waits for the oldest. Returns how the run ends because of it, or null where it goes on. */
    private @Nullable End next() {
      Sent oldest = underWay.element();
      Delivery delivery = result(oldest.delivery());
      underWay.remove();
      result(finishing);
      switch (delivery) {
        case Delivery.Confirmed copied -> {
          finishing = CompletableFuture.runAsync(() -> finish(oldest.chunk()), aside);
          return null;
        }
        case Delivery.Left left -> {
          return leave(oldest.chunk().planned(), left);
        }
      }
    }

    /** Waits for all; what arrived is done with, whatever became of the others. */
    End all(End soFar) {
      End all = soFar;
      while (!underWay.isEmpty()) {
        End own = next();
        all = own == End.LATER ? own : all;
      }
      result(finishing);
      return all;
    }

    void settle() {
      underWay.forEach(sent -> HotToColdRun.settle(sent.delivery()));
      HotToColdRun.settle(finishing);
    }
  }

  private Ready planned(Made made) {
    return new Ready(book.add(made.chunk(), made.index(), made.next()), made.chunk());
  }

  private void finish(Ready ready) {
    book.confirm(ready.planned());
    delete(ready.planned(), ready.chunk());
  }

  private void delete(PlannedChunk planned, Chunk chunk) {
    hot.delete(chunk.device(), chunk.places());
    book.done(planned);
    result.moved(chunk.places().size(), chunk.content().bytes());
  }

  /** Returns how the run ends because of it, or null where it goes on. */
  private @Nullable End leave(PlannedChunk planned, Delivery.Left left) {
    result.left(left.key(), left.why());
    if (left.after() == Next.GO_ON) {
      book.done(planned);
      return null;
    }
    if (left.after() == Next.LATER) {
      result.endedEarly(left.why());
      return End.LATER;
    }
    return End.DONE;
  }

  /** Does what an earlier run has not got to. */
  private Next resume(PlannedChunk planned, String trace) {
    List<StoredItem> items = Chunk.membersOf(planned.members(), inRange(planned));
    if (items.isEmpty()) {
      book.done(planned);
      return Next.GO_ON;
    }
    Chunk chunk = Chunk.of(planned.device(), items, target.packs());
    boolean asPlanned = chunk.content().sha256().equals(planned.sha256());
    if (planned.confirmed() || !asPlanned && target.holds(planned)) {
      delete(planned, chunk);
      return Next.GO_ON;
    }
    // An item was delivered again meanwhile, and user code made something else of it.
    PlannedChunk own = asPlanned ? planned : book.replace(planned, chunk);
    switch (target.deliver(chunk, own.index(), trace)) {
      case Delivery.Confirmed copied -> {
        finish(new Ready(own, chunk));
        return Next.GO_ON;
      }
      case Delivery.Left left -> {
        End end = leave(own, left);
        return end == null ? Next.GO_ON : left.after();
      }
    }
  }

  private List<StoredItem> inRange(PlannedChunk planned) {
    List<StoredItem> items = new ArrayList<>();
    String end = Timestamps.plusMicros(planned.last(), 1);
    String before = end == null ? Timestamps.MAX : end;
    String from = planned.first();
    StoredPage page;
    do {
      page = hot.itemsBefore(planned.device(), from, before, PAGE_ITEMS);
      items.addAll(page.items());
      if (page.more()) {
        ItemPlace last = page.items().getLast().place();
        from = Optional.ofNullable(Timestamps.plusMicros(last.timestamp(), 1)).orElse(before);
      }
    } while (page.more());
    return items;
  }

  private boolean overdue() {
    boolean overdue = !clock.instant().isBefore(deadline);
    if (overdue) {
      result.endedEarly("The run's time is over; a later one goes on.");
    }
    return overdue;
  }

  private static <T> T result(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  private static void settle(CompletableFuture<?> work) {
    CompletableFuture<?> settled = work.exceptionally(failed -> null);
    var unused = settled.join();
  }
}
