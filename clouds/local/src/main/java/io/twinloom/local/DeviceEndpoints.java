package io.twinloom.local;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.local.mqtt.Contacts;
import io.twinloom.local.observe.TwinActivity;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** On which clouds the devices of a twin are let in, as layer 1 moves. */
final class DeviceEndpoints {

  /**
   * What the device channel of a cloud is for.
   *
   * @param dispatcher the function that takes the devices' messages
   * @param open whether devices are let in now: where they are not, it takes nothing
   * @param elsewhere says where the devices belong in that case
   */
  record Here(
      String twin,
      String dispatcher,
      int mqttPort,
      BooleanSupplier open,
      Supplier<String> elsewhere,
      Contacts contacts) {}

  private final String twin;
  private final Map<Provider, LocalCloud> clouds;
  private final DeviceContacts contacts;
  private volatile Project project;

  DeviceEndpoints(Project project, Map<Provider, LocalCloud> clouds, Ambient ambient) {
    this.twin = project.config().name();
    this.project = project;
    this.clouds = clouds;
    this.contacts = new DeviceContacts(ambient.clock());
  }

  /**
   * Layer 1 is where this has it from now on.
   *
   * @param activity when devices were last seen, whichever channel they used
   */
  void use(Project other, TwinActivity activity) {
    List<Provider> former = other.placement().legs().of(Layer.L1).read();
    if (placement().legs().of(Layer.L1).read().isEmpty() && former.size() == 1) {
      // Until now nobody had to note which channel that was.
      activity
          .devices()
          .forEach(
              (id, device) ->
                  device.lastSeen().ifPresent(seen -> contacts.seed(former.getFirst(), id, seen)));
    }
    project = other;
  }

  private Placement placement() {
    return project.placement();
  }

  DeviceContacts contacts() {
    return contacts;
  }

  /** What the device channel of a cloud is for. */
  Here of(Provider cloud, int mqttPort) {
    return new Here(
        twin,
        Names.function(twin, FunctionKind.DISPATCHER),
        mqttPort,
        () -> letsIn(cloud),
        this::elsewhere,
        seenOn(cloud));
  }

  private boolean letsIn(Provider cloud) {
    Optional<Leg> former = placement().legs().of(Layer.L1).on(cloud);
    return placement().l1() == cloud || former.filter(leg -> leg.use() == Use.READ).isPresent();
  }

  private String elsewhere() {
    LocalCloud there = clouds.get(placement().l1());
    return "The devices of this twin are on "
        + placement().l1().id()
        + (there == null ? "" : ": connect to " + there.mqtt());
  }

  private Contacts seenOn(Provider cloud) {
    return new Contacts() {
      @Override
      public void note(String device) {
        String id = DeviceIds.normal(device);
        if (isOnSeveral() && project.hasDevice(id)) {
          contacts.note(cloud, id);
        }
      }

      @Override
      public void listens(String device) {
        note(device);
        if (isOnSeveral()) {
          // It is subscribed only once this has returned.
          Thread.startVirtualThread(() -> fetchCommands(cloud, DeviceIds.normal(device)));
        }
      }

      @Override
      public Optional<Provider> elsewhere(String device) {
        return Optional.of(cloudOf(device)).filter(other -> other != cloud);
      }
    };
  }

  private boolean isOnSeveral() {
    return !placement().legs().of(Layer.L1).read().isEmpty();
  }

  /** What waits for a device elsewhere comes to where it listens now. */
  private void fetchCommands(Provider cloud, String device) {
    LocalCloud here = clouds.get(cloud);
    for (LocalCloud other : clouds.values()) {
      if (here != null && other != here) {
        other.devices().handOver(device, here.devices());
      }
    }
  }

  /** The channel over which a device is sent commands. */
  DeviceChannel channelOf(String device) {
    return Objects.requireNonNull(clouds.get(cloudOf(device)), "the clouds have not started")
        .devices();
  }

  /**
   * The cloud over whose channel a device is sent commands: where it was last seen. One that was
   * seen on none has not come to know the newer ones yet.
   */
  private Provider cloudOf(String device) {
    Placement now = placement();
    List<Provider> newestFirst = new ArrayList<>(List.of(now.l1()));
    newestFirst.addAll(now.legs().of(Layer.L1).read());
    return newestFirst.stream()
        .filter(cloud -> contacts.isLast(cloud, device))
        .findFirst()
        .orElse(newestFirst.getLast());
  }
}
