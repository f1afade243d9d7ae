package io.twinloom.functions.fake;

import io.twinloom.functions.port.MovePlans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans in memory. */
public final class MemoryMovePlans implements MovePlans {
  private final Map<String, Plan> plans = new HashMap<>();

  /** The process that worked on them is dead, and that is known. */
  public synchronized void disown() {
    plans.replaceAll(
        (mover, plan) -> {
          Run run = plan.run();
          return new Plan(
              new Run(mover, run.version(), run.cutOff(), "", run.ownedUntil(), run.position()),
              plan.chunks());
        });
  }

  @Override
  public synchronized Optional<Plan> open(String mover) {
    return Optional.ofNullable(plans.get(mover));
  }

  @Override
  public synchronized boolean save(Run run, List<PlannedChunk> chunks, List<Long> done) {
    Plan there = plans.get(run.mover());
    if ((there == null ? 0 : there.run().version()) != run.version()) {
      return false;
    }
    TreeMap<Long, PlannedChunk> all = new TreeMap<>();
    if (there != null) {
      there.chunks().forEach(chunk -> all.put(chunk.number(), chunk));
    }
    chunks.forEach(chunk -> all.put(chunk.number(), chunk));
    done.forEach(all::remove);
    plans.put(run.mover(), new Plan(run.saved(), new ArrayList<>(all.values())));
    return true;
  }

  @Override
  public synchronized boolean end(Run run) {
    Plan there = plans.get(run.mover());
    if (there == null || there.run().version() != run.version()) {
      return false;
    }
    plans.remove(run.mover());
    return true;
  }
}
