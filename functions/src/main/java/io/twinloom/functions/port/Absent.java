package io.twinloom.functions.port;

import io.twinloom.json.JsonValue;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ports that a cloud does not have for a function: they say that they are not configured, so that a
 * function that needs one does not start. Whoever uses one nevertheless gets an {@link
 * IllegalStateException}.
 */
public final class Absent {

  private Absent() {}

  /** No hot store. */
  public static HotStore hotStore() {
    return new NoHotStore();
  }

  /** No store of objects. */
  public static ObjectStore objectStore() {
    return new NoObjectStore();
  }

  /** No store of plans. */
  public static MovePlans movePlans() {
    return new NoMovePlans();
  }

  /** No graph. */
  public static TwinGraph twinGraph() {
    return new NoTwinGraph();
  }

  /** No devices that could be sent anything. */
  public static DeviceChannel devices() {
    return new NoDevices();
  }

  /** No store of answers: for functions that answer each request anew. */
  public static RecordedAnswers recordedAnswers() {
    return new NoRecordedAnswers();
  }

  private static IllegalStateException absent(String what) {
    return new IllegalStateException("This function has no " + what + ".");
  }

  private record NoHotStore() implements HotStore {
    private static IllegalStateException none() {
      return absent("hot store");
    }

    @Override
    public Put put(HotItem item) {
      throw none();
    }

    @Override
    public Page range(String device, String start, String end, int limit, Order order) {
      throw none();
    }

    @Override
    public Optional<HotItem> last(String device) {
      throw none();
    }

    @Override
    public List<String> devicesBefore(String cutOff, String after, int limit) {
      throw none();
    }

    @Override
    public StoredPage itemsBefore(String device, String start, String before, int limit) {
      throw none();
    }

    @Override
    public int delete(String device, List<ItemPlace> places) {
      throw none();
    }

    @Override
    public boolean isConfigured() {
      return false;
    }
  }

  private record NoObjectStore() implements ObjectStore {
    private static IllegalStateException none() {
      return absent("store of objects");
    }

    @Override
    public Put put(String key, byte[] stored, Content content) {
      throw none();
    }

    @Override
    public Optional<Info> info(String key) {
      throw none();
    }

    @Override
    public Optional<String> digest(String key) {
      throw none();
    }

    @Override
    public Page list(String prefix, String after, int limit) {
      throw none();
    }

    @Override
    public Optional<InputStream> open(String key) {
      throw none();
    }

    @Override
    public void delete(String key) {
      throw none();
    }

    @Override
    public Put copyTo(ObjectStore target, String key, String as) {
      throw none();
    }

    @Override
    public int keepPart(String key, int total, int number, byte[] part) {
      throw none();
    }

    @Override
    public InputStream openParts(String key, int total) {
      throw none();
    }

    @Override
    public Put join(String key, int total, Content content) {
      throw none();
    }

    @Override
    public void dropParts(String key, int total) {
      throw none();
    }

    @Override
    public void restore(String key) {
      throw none();
    }

    @Override
    public Duration restoreTakes() {
      return Duration.ZERO;
    }

    @Override
    public boolean isConfigured() {
      return false;
    }
  }

  private record NoMovePlans() implements MovePlans {
    private static IllegalStateException none() {
      return absent("store of plans");
    }

    @Override
    public Optional<Plan> open(String mover) {
      throw none();
    }

    @Override
    public boolean save(Run run, List<PlannedChunk> chunks, List<Long> done) {
      throw none();
    }

    @Override
    public boolean end(Run run) {
      throw none();
    }

    @Override
    public boolean isConfigured() {
      return false;
    }
  }

  private record NoTwinGraph() implements TwinGraph {
    private static IllegalStateException none() {
      return absent("twin graph");
    }

    @Override
    public void define(Definition definition) {
      throw none();
    }

    @Override
    public Optional<Entity> entity(String id) {
      throw none();
    }

    @Override
    public List<Entity> entities(String after, int limit) {
      throw none();
    }

    @Override
    public Optional<ComponentType> componentType(String id) {
      throw none();
    }

    @Override
    public List<ComponentType> componentTypes(String after, int limit) {
      throw none();
    }

    @Override
    public Update update(
        String entity, String component, String time, Map<String, JsonValue> values) {
      throw none();
    }

    @Override
    public Map<String, Value> values(String entity, String component) {
      throw none();
    }

    @Override
    public boolean isConfigured() {
      return false;
    }
  }

  private record NoDevices() implements DeviceChannel {
    @Override
    public void send(String device, byte[] payload) {
      throw absent("devices");
    }

    @Override
    public boolean isConfigured() {
      return false;
    }
  }

  private record NoRecordedAnswers() implements RecordedAnswers {
    @Override
    public Optional<byte[]> find(String request, Instant now) {
      throw absent("store of answers");
    }

    @Override
    public void record(String request, byte[] answer, Instant now, Instant until) {
      throw absent("store of answers");
    }
  }
}
