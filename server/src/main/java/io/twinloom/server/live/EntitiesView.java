package io.twinloom.server.live;

import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.LiveTwin.Firing;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entity tree with its values and alarms, as of now or of an instant. Safe for threads. */
public final class EntitiesView {

  /** A rule that fired within so long is an alarm of its device's entities. */
  private static final Duration ALARM = Duration.ofMinutes(1);

  private static final int MOST_ALARMS = 10_000;

  private final InstantSource clock;

  public EntitiesView(InstantSource clock) {
    this.clock = clock;
  }

  /** All entities, parents before their children. */
  public JsonObject json(RunningProject twin, Optional<Instant> at) {
    Reading reading = new Reading(twin, at, at.orElseGet(clock::instant));
    twin.project().project().hierarchy().roots().forEach(e -> reading.add(e, Optional.empty()));
    return JsonObject.builder()
        .put("at", reading.now.toString())
        .put("live", at.isEmpty())
        .put("items", new JsonArray(reading.items))
        .build();
  }

  private static final class Reading {
    private final RunningProject twin;
    private final Optional<Instant> at;
    private final Instant now;
    private final List<Firing> firings;
    private final Map<String, DeviceItems> read = new HashMap<>();
    private final List<JsonValue> items = new ArrayList<>();

    Reading(RunningProject twin, Optional<Instant> at, Instant now) {
      this.twin = twin;
      this.at = at;
      this.now = now;
      this.firings =
          twin.live().firings(LiveTwin.FiringQuery.fired(now.minus(ALARM), now), MOST_ALARMS);
    }

    void add(Entity entity, Optional<String> parent) {
      items.add(
          JsonObject.builder()
              .put("id", entity.id())
              .put("name", entity.id())
              .put("parent", Members.text(parent))
              .put("components", Members.list(entity.components(), this::component))
              .put("alarm", Members.text(alarm(entity)))
              .build());
      entity.children().forEach(child -> add(child, Optional.of(entity.id())));
    }

    private Optional<String> alarm(Entity entity) {
      List<String> devices =
          entity.components().stream().flatMap(c -> c.device().stream()).toList();
      return firings.stream()
          .filter(f -> f.device().filter(devices::contains).isPresent())
          .map(Firing::text)
          .findFirst();
    }

    private JsonObject component(Component component) {
      Optional<Device> device =
          twin.project().project().devices().stream()
              .filter(d -> component.device().equals(Optional.of(d.id())))
              .findFirst();
      List<JsonValue> values = new ArrayList<>();
      device.ifPresent(d -> component.properties().forEach(p -> values.add(value(d, p.name()))));
      return JsonObject.builder()
          .put("name", component.name())
          .put("componentType", component.componentTypeId())
          .put("device", Members.text(component.device()))
          .put("values", new JsonArray(values))
          .build();
    }

    private JsonObject value(Device device, String property) {
      DeviceItems of =
          read.computeIfAbsent(
              device.id(), id -> DeviceItems.read(twin, id, at, DeviceItems.INTERVALS + 1));
      return ValuesView.value(device, property, of, now, 0);
    }
  }
}
