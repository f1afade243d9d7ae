package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Moves lanes of devices at once, each by a plan of its own. A plan of all devices, which an
 * earlier version has left open, is ended before.
 */
final class LanedMove {

  private final MoveRunner undivided;
  private final List<MoveRunner> lanes;
  private final int atOnce;
  private final Executor aside;

  /**
   * @param undivided the mover with a plan of all devices
   * @param lanes one for each lane, in their order
   * @param atOnce how many lanes move at once in one run: each holds a few chunks
   * @param aside runs a lane on a thread of its own
   */
  LanedMove(MoveRunner undivided, List<MoveRunner> lanes, int atOnce, Executor aside) {
    this.undivided = undivided;
    this.lanes = List.copyOf(lanes);
    this.atOnce = atOnce;
    this.aside = aside;
  }

  JsonObject run(MoveOrder order, String cutOff, Invocation invocation) {
    List<MoveRunner> own = new ArrayList<>();
    for (int lane = order.run(); lane < lanes.size(); lane += order.of()) {
      own.add(lanes.get(lane));
    }
    return undivided.run(
        invocation,
        order,
        () -> move(own, order, cutOff, invocation),
        () ->
            undivided.isOpen(invocation.function())
                || own.stream().anyMatch(lane -> lane.isOpen(invocation.function())));
  }

  private JsonObject move(
      List<MoveRunner> own, MoveOrder order, String cutOff, Invocation invocation) {
    MoveResult result = new MoveResult();
    Instant deadline = undivided.deadline();
    if (undivided.isOpen(invocation.function())) {
      boolean ran = undivided.moves(order.continuing(), cutOff, result, invocation, deadline);
      if (!ran || undivided.isOpen(invocation.function())) {
        return ran ? MoveRunner.reported(result, invocation) : MoveRunner.busy(invocation);
      }
    }
    boolean any = false;
    for (boolean ran : inLanes(own, order, cutOff, result, invocation, deadline)) {
      any |= ran;
    }
    return any ? MoveRunner.reported(result, invocation) : MoveRunner.busy(invocation);
  }

  private List<Boolean> inLanes(
      List<MoveRunner> own,
      MoveOrder order,
      String cutOff,
      MoveResult result,
      Invocation invocation,
      Instant deadline) {
    Semaphore permits = new Semaphore(atOnce);
    List<CompletableFuture<Boolean>> running = new ArrayList<>();
    for (MoveRunner lane : own) {
      running.add(
          CompletableFuture.supplyAsync(
              () -> {
                permits.acquireUninterruptibly();
                try {
                  return lane.moves(order, cutOff, result, invocation, deadline);
                } finally {
                  permits.release();
                }
              },
              aside));
    }
    // Each goes on to its end, whatever becomes of the others.
    CompletableFuture<Void> all =
        CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new));
    try {
      all.join();
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
