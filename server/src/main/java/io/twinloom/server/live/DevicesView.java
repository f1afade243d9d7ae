package io.twinloom.server.live;

import io.twinloom.deployer.live.LiveTwin.DeviceActivity;
import io.twinloom.deployer.live.LiveTwin.Refusal;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Devices: when each was last seen, what was refused of it, what it measures. */
public final class DevicesView {

  private static final DeviceActivity NONE =
      new DeviceActivity(0, Optional.empty(), Optional.empty(), Map.of());

  private DevicesView() {}

  /**
   * All devices, in the order of the project.
   *
   * @param simulated the devices that the simulator sends for now
   */
  public static JsonObject json(RunningProject twin, Set<String> simulated) {
    Map<String, DeviceActivity> activity = twin.live().devices();
    Optional<Set<String>> connected = twin.live().connectedDevices();
    List<JsonValue> items = new ArrayList<>();
    for (Device device : twin.project().project().devices()) {
      DeviceItems read =
          DeviceItems.read(twin, device.id(), Optional.empty(), DeviceItems.INTERVALS + 1);
      items.add(
          device(
              device,
              activity.getOrDefault(device.id(), NONE),
              read,
              connected.map(all -> all.contains(device.id())),
              simulated.contains(device.id())));
    }
    return JsonObject.builder().put("items", new JsonArray(items)).build();
  }

  private static JsonObject device(
      Device device,
      DeviceActivity activity,
      DeviceItems read,
      Optional<Boolean> connected,
      boolean simulated) {
    JsonObject.Builder refused = JsonObject.builder();
    activity.refused().forEach(refused::put);
    return JsonObject.builder()
        .put("id", device.id())
        .put("connected", connected.<JsonValue>map(JsonBoolean::of).orElse(JsonNull.NULL))
        .put("lastSeen", Members.time(activity.lastSeen()))
        .put("messages", activity.messages())
        .put(
            "lastRefusal",
            activity.lastRefusal().<JsonValue>map(DevicesView::refusal).orElse(JsonNull.NULL))
        .put("refused", refused.build())
        .put("lastStored", Members.time(read.newest()))
        .put("notStored", Members.text(notStored(activity, read.newest())))
        .put("expectedSeconds", Members.seconds(read.expected(Optional.empty()).interval()))
        .put("items", read.items().size())
        .put("properties", properties(device))
        .put("simulated", simulated)
        .build();
  }

  private static JsonObject refusal(Refusal refusal) {
    return JsonObject.builder()
        .put("time", refusal.time().toString())
        .put("code", refusal.code())
        .put("reason", refusal.reason())
        .build();
  }

  /** The last refusal, where it was after the newest item. */
  private static Optional<String> notStored(DeviceActivity activity, Optional<Instant> newest) {
    return activity
        .lastRefusal()
        .filter(r -> newest.map(n -> r.time().isAfter(n)).orElse(true))
        .map(Refusal::reason);
  }

  /** The measured properties of a device, with their units. */
  public static JsonArray properties(Device device) {
    return Members.list(
        device.properties(),
        p ->
            JsonObject.builder()
                .put("name", p.name())
                .put("dataType", p.dataType().name())
                .put("unit", Members.text(ValuesView.unit(device, p.name())))
                .build());
  }
}
