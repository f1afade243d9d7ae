package io.twinloom.local;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.local.error.LocalError;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees to it that a store which is taken away under its cloud is noticed, also where nothing is
 * written: it is logged, and reported to the caller that started the clouds, once.
 */
record StoreWatch(
    Provider cloud, Path file, InvocationLog log, Consumer<TwinloomException> failed) {

  private static final Duration STEP = Duration.ofSeconds(1);

  /** Watches a database until the task is cancelled. */
  ScheduledFuture<?> over(CloudDatabase database, ScheduledExecutorService timer) {
    database.onLoss(this::lost);
    return timer.scheduleWithFixedDelay(
        () -> Thread.ofVirtual().start(database::loss),
        STEP.toMillis(),
        STEP.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void lost(String what) {
    log.note(Level.ERROR, cloud.id(), "", "The store is lost: " + what, Map.of());
    failed.accept(
        new TwinloomException(
            LocalError.STORE_GONE,
            "The store of " + cloud.id() + " is lost: " + what,
            file.toString(),
            "Restore it from a backup, or begin with an empty one: start with --new-store="
                + cloud.id()
                + "."));
  }
}
