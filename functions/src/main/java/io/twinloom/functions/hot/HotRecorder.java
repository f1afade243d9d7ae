package io.twinloom.functions.hot;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts measurements into the hot store such that none displaces another: a place that another event
 * has is left to it, and the newcomer moves on by a microsecond until a place is free or holds
 * itself from an earlier delivery.
 */
public final class HotRecorder {

  private static final String ID = "id";
  private static final String EVENT_ID = "event_id";
  private static final Set<String> WRITTEN_ANEW =
      Set.of(ID, Normalizer.DEVICE_ID, Normalizer.TIMESTAMP, EVENT_ID);

  private final HotStore store;

  public HotRecorder(HotStore store) {
    this.store = store;
  }

  /**
   * A measurement to store.
   *
   * @param invocation counts what becomes of it
   */
  public record Measured(Normalized measurement, String eventId, Invocation invocation) {}

  /** What became of a measurement. */
  public sealed interface Recorded {

    /**
     * It is durable.
     *
     * @param timestamp at which it is stored
     * @param made gives the item as it is stored now, which not everybody asks for
     */
    record Stored(String timestamp, Supplier<HotItem> made) implements Recorded {

      /** The item as it is stored now. */
      public HotItem item() {
        return made.get();
      }
    }

    /**
     * It is not, or it is not known to be.
     *
     * @param why a {@link StoreException}, or that there is no free place
     */
    record Failed(TwinloomException why) implements Recorded {}
  }

  /**
   * Stores a measurement; returns the item as it is stored now.
   *
   * @throws StoreException if the store fails
   */
  public HotItem record(Normalized measurement, String eventId, Invocation invocation) {
    Recorded recorded =
        recordAll(List.of(new Measured(measurement, eventId, invocation))).getFirst();
    return switch (recorded) {
      case Recorded.Stored stored -> stored.item();
      case Recorded.Failed failed -> throw failed.why();
    };
  }

  /** Stores measurements together, each whatever becomes of the others; in the order given. */
  public List<Recorded> recordAll(List<Measured> measured) {
    return new HotBatch(store, measured).record();
  }

  /** The id of an item. */
  public static String id(String device, String timestamp) {
    return device + "_" + timestamp;
  }

  /** The item of a measurement at a time. */
  public static HotItem item(Normalized measurement, String timestamp, String eventId) {
    String device = measurement.device();
    JsonObject.Builder body =
        JsonObject.builder()
            .put(ID, id(device, timestamp))
            .put(Normalizer.DEVICE_ID, device)
            .put(Normalizer.TIMESTAMP, timestamp)
            .put(EVENT_ID, eventId);
    for (Map.Entry<String, JsonValue> member : measurement.message().members().entrySet()) {
      if (!WRITTEN_ANEW.contains(member.getKey())) {
        body.put(member.getKey(), member.getValue());
      }
    }
    return new HotItem(device, timestamp, eventId, body.build());
  }
}
