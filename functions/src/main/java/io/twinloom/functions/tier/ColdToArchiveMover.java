package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Entry;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.ObjectStore.Page;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.functions.tier.MoveRunner.End;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Moves the chunks whose last item is older than the hot store and the cold tier together keep it
 * to the archive. A chunk is moved as it is, by its key, so that doing it twice does it once.
 */
public final class ColdToArchiveMover implements RequestBody {

  /** Twinloom makes no such objects; where a writer cannot join one, it stays, with a warning. */
  static final long LARGE = 200L * 1024 * 1024;

  private static final int PAGE = 200;

  private final ObjectStore cold;
  private final ArchiveTier target;
  private final int days;
  private final FunctionRuntime runtime;
  private final MoveRunner runner;
  private final List<String> warnings;

  /**
   * @param archiveWriter the way to the archive
   * @param limit how long a run may take; empty: as long as it takes
   * @param suspended why it moves nothing for the time being; empty where it does
   */
  public record Settings(
      Route archiveWriter, Optional<Duration> limit, Optional<String> suspended) {

    private static final RemoteRouteSetting ARCHIVE_WRITER =
        new RemoteRouteSetting("ARCHIVE_WRITER", Layer.L3_COLD, Layer.L3_ARCHIVE);

    /**
     * Reads {@code REMOTE_ARCHIVE_WRITER_URL} and its token, {@code MOVER_TIME_LIMIT_SECONDS} and
     * {@code MOVER_SUSPENDED} (both optional).
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      return new Settings(
          ARCHIVE_WRITER.route(environment, twin, List.of()),
          environment.seconds(MoveRunner.LIMIT),
          environment.optional(MoveRunner.SUSPENDED));
    }
  }

  /**
   * @param archive this cloud's archive; empty where that tier is on another one
   * @throws ConfigurationError if it is needed and empty
   */
  public ColdToArchiveMover(
      Settings settings,
      TwinInfo twin,
      ObjectStore cold,
      Optional<ObjectStore> archive,
      MovePlans plans,
      RemoteSenders senders) {
    this.warnings = settings.archiveWriter().warnings();
    MoveRunner.needDays(twin.tiers());
    this.cold = cold;
    this.target = ArchiveTier.along(settings.archiveWriter(), cold, archive, senders);
    this.days = twin.tiers().hotDays() + twin.tiers().coldDays();
    this.runtime = senders.runtime();
    this.runner =
        new MoveRunner(
            plans,
            runtime,
            Duration.ofDays(7),
            settings.limit(),
            settings.suspended(),
            this::execute);
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    MoveOrder order = MoveOrder.of(event, runtime.clock());
    if (order.marked().isPresent()) {
      return moveMarked(invocation);
    }
    return runner.run(order, order.cutOff(days), invocation);
  }

  private End execute(
      MovePlanSession session, MoveResult result, Invocation invocation, Instant deadline) {
    String after = session.position().key();
    Page page;
    do {
      page = cold.list("", after, PAGE);
      for (Entry entry : page.entries()) {
        if (!runtime.clock().instant().isBefore(deadline)) {
          result.endedEarly("The run's time limit is reached; a later run continues.");
          return End.LATER;
        }
        Optional<ChunkKey> key = ChunkKey.parse(entry.key());
        if (key.isEmpty()) {
          result.left(entry.key(), "Its key is not a chunk's, so its age is unknown.");
        } else if (key.get().last().compareTo(session.cutOff()) < 0) {
          switch (move(key.get(), result, invocation.traceId())) {
            case GO_ON -> session.reached(new Position(entry.key(), "", 1));
            case STOP -> {
              return End.REFUSED;
            }
            case LATER -> {
              return End.LATER;
            }
          }
        }
        after = entry.key();
      }
    } while (page.more());
    return End.DONE;
  }

  /**
   * Nothing is deleted before its copy is confirmed; a copy that is there already is confirmed. A
   * chunk that cannot be read stays, and does not keep the others.
   */
  private Next move(ChunkKey key, MoveResult result, String trace) {
    Optional<Info> chunk = cold.info(key.text());
    if (chunk.isEmpty()) {
      return Next.GO_ON;
    }
    long items;
    Delivery delivery;
    try {
      items = countItems(key.text());
      delivery = target.deliver(key, chunk.get(), trace);
    } catch (StoreException e) {
      String unconfirmed =
          StoredChunk.unconfirmed(cold, key.text(), chunk.get().content().sha256())
              .orElseThrow(() -> e);
      result.left(key.text(), unconfirmed);
      return Next.GO_ON;
    }
    switch (delivery) {
      case Delivery.Confirmed copied -> {
        cold.delete(key.text());
        result.moved(items, chunk.get().content().bytes());
        return Next.GO_ON;
      }
      case Delivery.Left left -> {
        boolean large = chunk.get().content().bytes() > LARGE;
        result.left(
            key.text(),
            large
                ? "It has more than 200 MB, and its writer does not join it: " + left.why()
                : left.why());
        if (left.after() == Next.LATER) {
          result.endedEarly(left.why());
        }
        return left.after();
      }
    }
  }

  /** What is no list counts as nothing; it is moved nevertheless. */
  private long countItems(String key) {
    try (InputStream stored = cold.open(key).orElseGet(InputStream::nullInputStream);
        InputStream in = key.endsWith(ObjectStore.GZIPPED) ? new GZIPInputStream(stored) : stored) {
      return Math.max(0, Json.countElements(in));
    } catch (JsonSyntaxException | IOException e) {
      return 0;
    }
  }

  private JsonObject moveMarked(Invocation invocation) {
    MoveResult result = new MoveResult();
    for (Entry entry :
        cold.list(ChunkKey.devicePrefix(ChunkKey.VERIFY_DEVICE), "", PAGE).entries()) {
      ChunkKey.parse(entry.key()).ifPresent(key -> move(key, result, invocation.traceId()));
    }
    return MoveRunner.reported(result, invocation);
  }
}
