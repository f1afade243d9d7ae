package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Connections;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.time.Timestamps;
import io.twinloom.topology.Connection;
import io.twinloom.topology.ConnectionSigning;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries the store that a tier moves to, before anything is sent there: a marked item goes in over
 * each connection to one of its receivers, as its senders will send, is read by the store's own
 * reader, and is removed.
 *
 * @param project in the layout in which the store is prepared
 * @param connections with their tokens
 */
public record StoreTrial(Clouds clouds, PreparedProject project, Connections connections) {

  /** A time at which no device measures; each change has its own, which it uses again. */
  private static final long LATEST_MICROS = 1_000_000_000;

  /** What a trial asks of the clouds. */
  public interface Clouds {

    /**
     * Sends something over a connection, as its sender does.
     *
     * @param over the connection's address and tokens
     * @throws TwinloomException if it is not taken
     */
    void post(
        Connection connection,
        Connections.Connection over,
        SigningMode signing,
        byte[] body,
        String trace);

    /** Calls a function with the deployer's right. */
    JsonObject call(DeployedFunction function, JsonObject event);

    /** Removes from the store of a tier what is of this device and time alone. */
    void remove(Provider cloud, Layer tier, String device, String time);
  }

  /** What the receivers that take something are sent. */
  private static final Map<FunctionKind, Function<Marked, JsonObject>> BODIES =
      Map.of(
          FunctionKind.HOT_WRITER, Marked::item,
          FunctionKind.HOT_COPY_WRITER, Marked::items,
          FunctionKind.COLD_WRITER, Marked::chunk,
          FunctionKind.ARCHIVE_WRITER, Marked::object);

  /** An item that is no measurement. */
  private record Marked(String device, String time, String mark) {

    JsonObject item() {
      return JsonObject.builder()
          .put("id", device + "_" + time)
          .put("device_id", device)
          .put("timestamp", time)
          .put("event_id", "verify-" + mark)
          .put(VerifyMark.MEMBER, mark)
          .build();
    }

    JsonObject items() {
      return JsonObject.builder()
          .put("device_id", device)
          .put("items", JsonArray.of(item()))
          .build();
    }

    JsonObject chunk() {
      return JsonObject.builder()
          .put("iot_device_id", device)
          .put("chunk_index", 0)
          .put("start_timestamp", time)
          .put("end_timestamp", time)
          .put("items", JsonArray.of(item()))
          .build();
    }

    JsonObject object() {
      return JsonObject.builder()
          .put("object_key", folder() + "chunk-00000.json")
          .put("data", JsonArray.of(item()))
          .build();
    }

    /** What the keys of its chunks begin with. */
    String folder() {
      return device + "/" + time + "-" + time + "/";
    }
  }

  /**
   * Tries all receivers of a tier's store on a cloud that take something.
   *
   * @param change whose trial it is
   * @return the ids of the connections that were tried
   * @throws TwinloomException if one does not take it, or the reader does not find it
   */
  public List<String> run(Layer tier, Provider to, String change) {
    Optional<Device> device = project.project().devices().stream().findFirst();
    if (device.isEmpty()) {
      return List.of();
    }
    List<String> tried = new ArrayList<>();
    String time =
        Timestamps.of(
            Instant.EPOCH.plusNanos(1_000L * Math.floorMod(change.hashCode(), LATEST_MICROS)));
    Marked marked = new Marked(device.get().id(), time, change);
    for (Connection connection : project.topology().connections()) {
      DeployedFunction receiver = connection.receiver();
      Optional<Function<Marked, JsonObject>> body =
          Optional.ofNullable(BODIES.get(receiver.kind()));
      if (connection.to() == to && receiver.layer() == tier && body.isPresent()) {
        attempt(connection, body.get().apply(marked), tier, marked);
        tried.add(connection.id());
      }
    }
    return tried;
  }

  private void attempt(Connection connection, JsonObject body, Layer tier, Marked marked) {
    try {
      send(connection, body);
      read(connection.to(), tier, marked);
    } finally {
      clouds.remove(connection.to(), tier, marked.device(), marked.time());
    }
  }

  private void send(Connection connection, JsonObject body) {
    Connections.Connection known = connections.byId().get(connection.id());
    if (known == null) {
      throw failed("There is no token for " + connection.id() + ".", connection.id());
    }
    clouds.post(
        connection,
        known,
        ConnectionSigning.of(project.project()).of(connection),
        Json.bytes(body),
        "trial-" + connection.id());
  }

  private void read(Provider cloud, Layer tier, Marked marked) {
    FunctionKind kind =
        switch (tier) {
          case L3_HOT -> FunctionKind.HOT_READER;
          case L3_COLD -> FunctionKind.COLD_READER;
          case L3_ARCHIVE -> FunctionKind.ARCHIVE_READER;
          case L1, L2, L4, L5 -> throw new IllegalArgumentException(tier.title());
        };
    Optional<DeployedFunction> reader =
        project.topology().functions(kind).stream().filter(f -> f.cloud() == cloud).findFirst();
    if (reader.isEmpty()) {
      return;
    }
    JsonObject answer =
        clouds.call(
            reader.get(),
            JsonObject.builder()
                .put("device_id", marked.device())
                .put("start", marked.time())
                .put("end", marked.time())
                .put("scope", "store")
                .build());
    boolean found =
        texts(answer, "items", VerifyMark.MEMBER).contains(marked.mark())
            || texts(answer, "pending", "key").stream()
                .anyMatch(key -> key.startsWith(marked.folder()));
    if (!found) {
      throw failed(
          reader.get().name() + " on " + cloud.id() + " does not find what was written.",
          reader.get().name());
    }
  }

  private static List<String> texts(JsonObject answer, String list, String member) {
    List<String> texts = new ArrayList<>();
    for (JsonValue one : answer.array(list).orElse(JsonArray.EMPTY)) {
      if (one instanceof JsonObject object) {
        object.text(member).ifPresent(texts::add);
      }
    }
    return texts;
  }

  private static TwinloomException failed(String what, String where) {
    return new TwinloomException(
        ChangeError.STORE_NOT_READY, what, where, ChangeError.STORE_NOT_READY.fix());
  }
}
