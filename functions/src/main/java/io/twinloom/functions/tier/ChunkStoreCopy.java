package io.twinloom.functions.tier;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Entry;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.ObjectStore.Page;
import io.twinloom.functions.port.ObjectStore.State;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.tier.CopyProgress.Stage;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.functions.tier.MoveRunner.End;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * One pass over a store of chunks: each is copied as it is under its own key, or, where that holds
 * other content, under the next index that has the same content or is free. Since nothing is
 * deleted in the new store meanwhile, a key that was passed does not become free: repeating is
 * exact.
 */
final class ChunkStoreCopy implements StoreCopy {

  /** So much is asked for at once of what must be restored first: it is copied while it stays. */
  static final long RESTORED_AT_ONCE = 50L * 1024 * 1024 * 1024;

  /** More is not listed only to say how much it is: the total is not known then. */
  static final int MOST_LISTED = 100_000;

  private static final int PAGE = 200;
  private static final int LISTED = 1_000;
  private static final int AT_ONCE = 3;

  private final ObjectStore source;
  private final RemoteArchiveTier target;
  private final StoreCopier.Going going;
  private final InstantSource clock;
  private final long restoredAtOnce;

  /**
   * Makes the way through a store.
   *
   * @param restoredAtOnce how many bytes of chunks that must be restored are asked for together
   */
  ChunkStoreCopy(
      ObjectStore source,
      RemoteArchiveTier target,
      StoreCopier.Going going,
      InstantSource clock,
      long restoredAtOnce) {
    this.source = source;
    this.target = target;
    this.going = going;
    this.clock = clock;
    this.restoredAtOnce = restoredAtOnce;
  }

  @Override
  public End pass(CopyPlan plan, String trace, BooleanSupplier stop) {
    CopyProgress progress = plan.progress();
    if (!progress.hasTotal()) {
      progress.total(total());
    }
    Page page;
    do {
      page = source.list("", progress.after(), PAGE);
      for (int from = 0; from < page.entries().size(); from += AT_ONCE) {
        if (stop.getAsBoolean()) {
          return End.LATER;
        }
        int to = Math.min(page.entries().size(), from + AT_ONCE);
        End end = together(page.entries().subList(from, to), progress, trace);
        plan.save();
        if (end != End.DONE) {
          return end;
        }
      }
    } while (page.more());
    return End.DONE;
  }

  private CopyTotal total() {
    long bytes = 0;
    String last = "";
    for (int listed = 0; listed < MOST_LISTED; listed += LISTED) {
      String after = last;
      Page page = going.pace().run(() -> source.list("", after, LISTED));
      for (Entry entry : page.entries()) {
        last = entry.key();
        bytes += isCopied(last) ? entry.storedBytes() : 0;
      }
      if (!page.more()) {
        return CopyTotal.ofBytes(bytes);
      }
    }
    return CopyTotal.UNKNOWN;
  }

  private static boolean isCopied(String key) {
    return ChunkKey.parse(key)
        .filter(chunk -> !chunk.device().equals(ChunkKey.VERIFY_DEVICE))
        .isPresent();
  }

  /** Several at a time; what is done is what no one before it has failed. */
  private End together(List<Entry> entries, CopyProgress progress, String trace) {
    List<CompletableFuture<End>> running =
        entries.stream()
            .map(
                entry ->
                    CompletableFuture.supplyAsync(
                        () -> going.pace().run(() -> one(entry, progress, trace)), going.aside()))
            .toList();
    End ended = End.DONE;
    RuntimeException failure = null;
    for (int i = 0; i < entries.size(); i++) {
      try {
        End own = running.get(i).join();
        ended = ended == End.DONE ? own : ended;
      } catch (CompletionException e) {
        failure = e.getCause() instanceof RuntimeException own ? own : e;
      }
      if (ended == End.DONE && failure == null) {
        progress.doneUpTo(entries.get(i).key());
      }
    }
    if (failure != null) {
      throw failure;
    }
    return ended;
  }

  private End one(Entry entry, CopyProgress progress, String trace) {
    Optional<ChunkKey> key = ChunkKey.parse(entry.key());
    if (key.isEmpty()) {
      progress.left(entry.key(), "Its key is not a chunk's.");
      return End.DONE;
    }
    if (key.get().device().equals(ChunkKey.VERIFY_DEVICE)) {
      progress.marked(1);
      return End.DONE;
    }
    Optional<Info> chunk = source.info(entry.key());
    if (chunk.isEmpty()) {
      return End.DONE;
    }
    if (progress.stage() == Stage.VERIFYING) {
      return compare(key.get(), chunk.get(), progress, trace);
    }
    if (chunk.get().retrieval().state() != State.READABLE) {
      awaitRestored(entry.key(), progress);
      return End.LATER;
    }
    return copy(key.get(), chunk.get(), progress, trace);
  }

  private End copy(ChunkKey key, Info chunk, CopyProgress progress, String trace) {
    Delivery delivery;
    try {
      delivery = target.deliver(key, chunk, trace);
    } catch (StoreException e) {
      String damaged =
          StoredChunk.unconfirmed(source, key.text(), chunk.content().sha256())
              .orElseThrow(() -> e);
      progress.left(key.text(), damaged);
      return End.DONE;
    }
    return switch (delivery) {
      case Delivery.Confirmed ignored -> {
        progress.chunk(chunk.storedBytes());
        yield End.DONE;
      }
      case Delivery.Left left -> ended(left.key(), left.why(), left.after(), progress);
    };
  }

  private End compare(ChunkKey key, Info chunk, CopyProgress progress, String trace) {
    return switch (target.look(key, chunk, trace)) {
      case RemoteArchiveTier.Look.There ignored -> {
        progress.chunk(chunk.storedBytes());
        yield End.DONE;
      }
      case RemoteArchiveTier.Look.Missing ignored -> {
        progress.missing(1);
        yield End.DONE;
      }
      case RemoteArchiveTier.Look.Unknown(String why, Next next) ->
          ended(key.text(), why, next, progress);
    };
  }

  private static End ended(String key, String why, Next next, CopyProgress progress) {
    return switch (next) {
      case GO_ON -> {
        progress.left(key, why);
        yield End.DONE;
      }
      case STOP -> {
        progress.stopped(why);
        yield End.REFUSED;
      }
      case LATER -> {
        progress.stopped(why);
        yield End.LATER;
      }
    };
  }

  /**
   * Waits for the round that a chunk is in; asks for the next one where it is in none, or was not
   * copied while it stayed readable. Several chunks that are copied together ask once.
   */
  private synchronized void awaitRestored(String key, CopyProgress progress) {
    boolean archived = source.info(key).filter(ChunkStoreCopy::isArchived).isPresent();
    progress.waitsFor(
        progress
            .round()
            .filter(round -> round.covers(key) && !archived)
            .orElseGet(() -> next(progress.after())));
  }

  private RestoreRound next(String after) {
    long chunks = 0;
    long bytes = 0;
    String last = after;
    Page page;
    do {
      page = source.list("", last, PAGE);
      for (Entry entry : page.entries()) {
        last = entry.key();
        Optional<Info> unreadable =
            source.info(last).filter(info -> info.retrieval().state() != State.READABLE);
        if (unreadable.isPresent()) {
          chunks++;
          bytes += entry.storedBytes();
        }
        if (unreadable.filter(ChunkStoreCopy::isArchived).isPresent()) {
          source.restore(last);
        }
        if (bytes >= restoredAtOnce) {
          return new RestoreRound(last, chunks, bytes, until());
        }
      }
    } while (page.more());
    return new RestoreRound(last, chunks, bytes, until());
  }

  private Instant until() {
    return clock.instant().plus(source.restoreTakes());
  }

  private static boolean isArchived(Info info) {
    return info.retrieval().state() == State.ARCHIVED;
  }
}
