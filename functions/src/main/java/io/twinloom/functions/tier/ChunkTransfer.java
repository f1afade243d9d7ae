package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore;
import java.util.concurrent.Executor;

/**
 * Where the chunks of a mover come from and go to.
 *
 * @param aside runs what goes on while chunks are sent
 * @param maxBytes of a chunk's list
 */
record ChunkTransfer(HotStore hot, ColdTier target, Executor aside, int maxBytes) {}
