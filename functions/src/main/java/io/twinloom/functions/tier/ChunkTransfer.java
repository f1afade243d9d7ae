package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Where the chunks of a mover come from and go to.
 *
 * @param aside runs what goes on while chunks are sent
 * @param maxBytes of a chunk's list
 * @param devices whose items are moved
 */
record ChunkTransfer(
    HotStore hot, ColdTier target, Executor aside, int maxBytes, Predicate<String> devices) {

  /** Of all devices. */
  ChunkTransfer(HotStore hot, ColdTier target, Executor aside, int maxBytes) {
    this(hot, target, aside, maxBytes, device -> true);
  }

  /** Of the devices of one lane. */
  ChunkTransfer of(MoveLane lane) {
    return new ChunkTransfer(hot, target, aside, maxBytes, lane::has);
  }
}
