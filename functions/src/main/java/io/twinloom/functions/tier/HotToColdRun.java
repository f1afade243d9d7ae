package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.tier.ChunkMaker.Made;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.functions.tier.MoveRunner.End;
import io.twinloom.model.time.Timestamps;
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
 * The execution of one plan. The order of its steps is what makes each item stand exactly once: a
 * chunk is in the plan before it is sent; that its copy is there is in the plan before its items
 * are deleted; so the next run knows which of the three has happened, or can repeat it.
 */
final class HotToColdRun {

  private static final int PAGE_ITEMS = 20_000;

  /** Of different devices: while one waits for the receiver's disks, the next is unpacked there. */
  private static final int UNDER_WAY = 2;

  /** Chunks that may have been taken stay in the plan; a run that has left so many ends. */
  static final int MOST_LEFT = 20;

  private final HotStore hot;
  private final ColdTier target;
  private final Executor aside;
  private final ChunkTransfer transfer;
  private final MovePlanSession session;
  private final MoveResult result;
  private final InstantSource clock;
  private final Instant deadline;

  /** A chunk that may be sent, since it is in the plan. */
  private record Ready(PlannedChunk planned, Chunk chunk) {}

  HotToColdRun(
      ChunkTransfer transfer,
      MovePlanSession session,
      MoveResult result,
      InstantSource clock,
      Instant deadline) {
    this.hot = transfer.hot();
    this.target = transfer.target();
    this.aside = transfer.aside();
    this.transfer = transfer;
    this.session = session;
    this.result = result;
    this.clock = clock;
    this.deadline = deadline;
  }

  End run(String trace) {
    for (PlannedChunk planned : session.found()) {
      if (overdue()) {
        return End.LATER;
      }
      End end = resume(planned, trace);
      if (end != null) {
        return end;
      }
    }
    return sendTheRest(trace);
  }

  private End sendTheRest(String trace) {
    ChunkMaker maker =
        new ChunkMaker(transfer, session.cutOff(), session.position(), session.open());
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

    /**
     * Sends a chunk, unless the run ends before. Waits for the one before it of its device, and for
     * the oldest where enough are under way.
     */
    void send(Ready own, String trace) {
      while (end == null && isUnderWay(own.chunk().device())) {
        end = next();
      }
      if (end != null) {
        if (end == End.REFUSED) {
          session.done(own.planned());
        }
        return;
      }
      underWay.add(
          new Sent(
              own,
              CompletableFuture.supplyAsync(
                  () -> target.deliver(own.chunk(), own.planned().index(), trace), aside)));
      if (underWay.size() == UNDER_WAY) {
        end = next();
      }
    }

    private boolean isUnderWay(String device) {
      return underWay.stream().anyMatch(sent -> sent.chunk().chunk().device().equals(device));
    }

    /** Waits for the oldest. Returns how the run ends because of it, or null where it goes on. */
    private @Nullable End next() {
      Sent oldest = underWay.element();
      Delivery delivery = result(oldest.delivery());
      underWay.remove();
      result(finishing);
      switch (delivery) {
        case Delivery.Confirmed confirmed -> {
          finishing = CompletableFuture.runAsync(() -> finish(oldest.chunk()), aside);
          return null;
        }
        case Delivery.Left left -> {
          return leave(oldest.chunk().planned(), left, left.mayBeThere());
        }
      }
    }

    /** Waits for all; what arrived is done with, whatever became of the others. */
    End all(End soFar) {
      End all = soFar;
      while (!underWay.isEmpty()) {
        End own = next();
        all = own == null || all == End.LATER ? all : own;
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
    return new Ready(session.add(made.chunk(), made.index(), made.next()), made.chunk());
  }

  private void finish(Ready ready) {
    session.confirm(ready.planned());
    delete(ready.planned(), ready.chunk());
  }

  private void delete(PlannedChunk planned, Chunk chunk) {
    hot.delete(chunk.device(), chunk.places());
    session.done(planned);
    result.moved(chunk.places().size(), chunk.content().bytes());
  }

  /**
   * Leaves a chunk's items where they are. Returns how the run ends because of it, or null where it
   * goes on.
   *
   * @param mayBeThere whether its copy may be there: then it is sent again as it is until that is
   *     clear, since other chunks of its items would double them
   */
  private @Nullable End leave(PlannedChunk planned, Delivery.Left left, boolean mayBeThere) {
    result.left(left.key(), left.why());
    if (left.after() == Next.LATER) {
      result.endedEarly(left.why());
      return End.LATER;
    }
    if (!mayBeThere) {
      session.done(planned);
    }
    if (left.after() == Next.STOP) {
      return End.REFUSED;
    }
    if (session.open().size() >= MOST_LEFT) {
      result.endedEarly("The writer has left too many chunks unconfirmed.");
      return End.LATER;
    }
    return null;
  }

  /** Does what an earlier run has not got to. Returns how the run ends, or null: it goes on. */
  private @Nullable End resume(PlannedChunk planned, String trace) {
    List<StoredItem> items = membersOf(planned);
    if (items.isEmpty()) {
      session.done(planned);
      return null;
    }
    Chunk chunk = Chunk.of(planned.device(), items, target.packs());
    boolean asPlanned = chunk.content().sha256().equals(planned.sha256());
    if (planned.confirmed() || !asPlanned && target.holds(planned)) {
      delete(planned, chunk);
      return null;
    }
    // An item was delivered again meanwhile, and user code made something else of it.
    PlannedChunk own = asPlanned ? planned : session.replace(planned, chunk);
    switch (target.deliver(chunk, own.index(), trace)) {
      case Delivery.Confirmed confirmed -> {
        finish(new Ready(own, chunk));
        return null;
      }
      case Delivery.Left left -> {
        return leave(own, left, true);
      }
    }
  }

  private List<StoredItem> membersOf(PlannedChunk planned) {
    ChunkMembers members = new ChunkMembers(planned.members());
    List<StoredItem> items = new ArrayList<>();
    String before = Timestamps.after(planned.last());
    String from = planned.first();
    StoredPage page;
    do {
      page = hot.itemsBefore(planned.device(), from, before, PAGE_ITEMS);
      items.addAll(members.among(page.items()));
      if (page.more()) {
        from = Timestamps.after(page.items().getLast().place().timestamp());
      }
    } while (page.more());
    return items;
  }

  private boolean overdue() {
    boolean overdue = !clock.instant().isBefore(deadline);
    if (overdue) {
      result.endedEarly("The run's time limit is reached; a later run continues.");
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
