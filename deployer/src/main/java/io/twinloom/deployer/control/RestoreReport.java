package io.twinloom.deployer.control;

import java.util.List;

/**
 * What an archive was asked to restore.
 *
 * @param readable how many chunks of the range can be read already
 * @param pending the others, with when each was asked for
 */
public record RestoreReport(long readable, List<PendingChunk> pending) {
  public RestoreReport {
    pending = List.copyOf(pending);
  }
}
