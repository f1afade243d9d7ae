package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.Pace;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.tier.MoveRunner.End;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Copies a store to the one on another cloud that replaces it, then compares the two. It deletes
 * nothing: the old store is removed as a whole, by who has the right to. It works in runs that go
 * on where the one before has stopped, as {@link CopyRun} says.
 */
public final class StoreCopier implements RequestBody {

  /** The variable that says which store: {@code hot}, {@code cold} or {@code archive}. */
  static final String STORE = "COPY_STORE";

  private final CopyRun run;

  /**
   * @param store the layer whose store is copied
   * @param writer the way to what takes the copies
   * @param limit how long a run may take; empty: as long as it takes
   */
  public record Settings(Layer store, Route.Remote writer, Optional<Duration> limit) {

    /**
     * Reads {@code COPY_STORE}, {@code REMOTE_COPY_WRITER_URL} with its token, and {@code
     * MOVER_TIME_LIMIT_SECONDS} (optional).
     *
     * @throws ConfigurationError if one of the first is missing, or the twin has no other store of
     *     this layer
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      Layer store =
          Layer.ofTier(environment.required(STORE))
              .orElseThrow(
                  () -> ConfigurationError.bad(STORE, "it is none of hot, cold and archive."));
      return new Settings(
          store,
          PreviousRoute.toCopy(store, environment, twin),
          environment.seconds(MoveRunner.LIMIT));
    }
  }

  /**
   * The stores of the copier's cloud, of which it uses the one that it copies.
   *
   * @param hasRoom whether the disk that the stores share has room for copies; where it has not,
   *     the copy waits and new events go on
   * @param pace how fast it is copied
   */
  public record Stores(
      Optional<HotStore> hot,
      Optional<ObjectStore> cold,
      Optional<ObjectStore> archive,
      BooleanSupplier hasRoom,
      Pace pace) {}

  /**
   * Makes the copier.
   *
   * @throws ConfigurationError if the store is not on this cloud
   */
  public StoreCopier(Settings settings, Stores stores, MovePlans plans, RemoteSenders senders) {
    this(
        settings,
        stores,
        plans,
        senders,
        task -> Thread.ofPlatform().daemon().name("store-copier").start(task),
        AtOnce.USUAL);
  }

  /**
   * How much is done together.
   *
   * @param items of a hot store that are looked at
   * @param restoredBytes of chunks that must be restored first
   */
  record AtOnce(int items, long restoredBytes) {
    static final AtOnce USUAL =
        new AtOnce(HotStoreCopy.BATCH_ITEMS, ChunkStoreCopy.RESTORED_AT_ONCE);
  }

  /**
   * How the copy goes on.
   *
   * @param aside what several devices or chunks are copied on
   * @param pace how fast
   */
  record Going(Executor aside, Pace pace) {}

  StoreCopier(
      Settings settings,
      Stores stores,
      MovePlans plans,
      RemoteSenders senders,
      Executor aside,
      AtOnce atOnce) {
    RemoteSender writer = senders.to(settings.writer());
    String cloud = senders.runtime().sourceCloud();
    Going going = new Going(aside, stores.pace());
    StoreCopy copy =
        switch (settings.store()) {
          case L3_HOT ->
              new HotStoreCopy(
                  needed(stores.hot(), "hot store"),
                  new CopyTarget(writer, cloud),
                  going,
                  atOnce.items());
          case L3_COLD ->
              chunks(needed(stores.cold(), "cold store"), senders, writer, going, atOnce);
          case L3_ARCHIVE ->
              chunks(needed(stores.archive(), "archive store"), senders, writer, going, atOnce);
          case L1, L2, L4, L5 -> throw new IllegalArgumentException(settings.store().title());
        };
    this.run =
        new CopyRun(
            plans,
            senders.runtime(),
            settings.limit(),
            stores.hasRoom(),
            (plan, trace, stop) -> copy.pass(plan, trace, stop) == End.DONE,
            StoreCopier::report);
  }

  private static ChunkStoreCopy chunks(
      ObjectStore source, RemoteSenders senders, RemoteSender writer, Going going, AtOnce atOnce) {
    FunctionRuntime runtime = senders.runtime();
    return new ChunkStoreCopy(
        source,
        new RemoteArchiveTier(writer, source, runtime.sourceCloud()),
        going,
        runtime.clock(),
        atOnce.restoredBytes());
  }

  private static <T> T needed(Optional<T> store, String what) {
    return store.orElseThrow(() -> ConfigurationError.noStore("store-copier", what));
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    return run.run(event, invocation);
  }

  private static void report(CopyProgress progress, Invocation invocation) {
    progress.warnOfLeft(invocation, "Not copied");
    JsonObject answer = progress.answer();
    invocation.note(
        Level.INFO,
        "The copy of the store.",
        Map.of(
            "state", answer.text("state").orElse(""),
            "items", String.valueOf(answer.get("items")),
            "chunks", String.valueOf(answer.get("chunks")),
            "bytes", String.valueOf(answer.get("bytes"))));
  }
}
