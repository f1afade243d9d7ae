package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.change.TouchedData.Amount;
import io.twinloom.deployer.change.TouchedData.Mode;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.local.store.KnownStores;
import io.twinloom.local.store.StoreFigures;
import io.twinloom.local.store.StoreFigures.Held;
import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.time.Timestamps;
import io.twinloom.topology.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a change of a twin on local clouds does to what its stores hold. */
final class ChangeImpact {

  private static final String COUNTED = "counted in the store, sizes of items by a sample";

  private static final Map<Layer, Store.Kind> TIERS =
      new EnumMap<>(
          Map.of(
              Layer.L3_HOT, Store.Kind.HOT,
              Layer.L3_COLD, Store.Kind.COLD,
              Layer.L3_ARCHIVE, Store.Kind.ARCHIVE));

  private final PreparedProject before;
  private final PreparedProject after;
  private final Map<Layer, StoreMode> modes;
  private final Path folder;
  private final Duration day;
  private final Instant now;
  private final List<TouchedData> touched = new ArrayList<>();

  /**
   * @param before what is deployed
   * @param modes what becomes of the data of tiers that move
   * @param folder of the data
   * @param day how long a day lasts
   */
  ChangeImpact(
      PreparedProject before,
      PreparedProject after,
      Map<Layer, StoreMode> modes,
      Path folder,
      Duration day,
      Instant now) {
    this.modes = modes;
    this.before = before;
    this.after = after;
    this.folder = folder;
    this.day = day;
    this.now = now;
  }

  /** What the change touches; stores that hold nothing of it are left out. */
  List<TouchedData> touched() {
    touched.clear();
    moved();
    queues();
    devices();
    shortened();
    history();
    return List.copyOf(touched);
  }

  private Placement placement() {
    return before.project().placement();
  }

  private StoreFigures figures(Provider cloud) {
    return new StoreFigures(KnownStores.file(folder, cloud.id()));
  }

  private Provider cloud(Layer tier) {
    return placement().of(tier).orElseThrow();
  }

  private Held held(Layer tier, Optional<String> device, Optional<String> olderThan) {
    StoreFigures figures = figures(cloud(tier));
    return switch (tier) {
      case L3_HOT -> figures.hot(device, olderThan);
      case L3_COLD -> figures.chunks("cold", device, olderThan);
      case L3_ARCHIVE -> figures.chunks("archive", device, olderThan);
      case L1, L2, L4, L5 -> throw new IllegalArgumentException(tier.title());
    };
  }

  private void add(Layer tier, Held held, Optional<Provider> to, Mode mode, String reachable) {
    if (held.count() > 0) {
      TouchedData.Stored stored = stored(tier, held);
      touched.add(
          new TouchedData(
              stored.store(),
              stored.cloud(),
              stored.held(),
              stored.source(),
              now,
              to,
              mode,
              reachable));
    }
  }

  private TouchedData.Stored stored(Layer tier, Held held) {
    Store.Kind kind = TIERS.get(tier);
    String name =
        before.topology().stores().stream()
            .filter(store -> store.kind() == kind)
            .map(Store::name)
            .findFirst()
            .orElse(tier.title());
    Amount amount =
        new Amount(
            tier == Layer.L3_HOT ? "items" : "chunks",
            held.count(),
            held.bytes(),
            held.oldest(),
            held.newest());
    return new TouchedData.Stored(name, cloud(tier), amount, COUNTED);
  }

  private void moved() {
    for (Layer tier : TIERS.keySet()) {
      Optional<Provider> to = after.project().placement().of(tier);
      if (!placement().of(tier).equals(to)) {
        boolean copied = modes.getOrDefault(tier, StoreMode.LEAVE) == StoreMode.COPY;
        Held held = held(tier, Optional.empty(), Optional.empty());
        if (held.count() > 0) {
          touched.add(TouchedData.ofMove(tier, stored(tier, held), now, to, copied));
        }
      }
    }
  }

  /** What waits on a cloud for functions that are on another one afterwards. */
  private void queues() {
    for (Layer layer : List.of(Layer.L1, Layer.L2)) {
      Provider cloud = cloud(layer);
      Optional<Provider> to = after.project().placement().of(layer);
      long waiting = to.equals(Optional.of(cloud)) ? 0 : figures(cloud).waiting();
      if (waiting > 0) {
        touched.add(
            new TouchedData(
                "queue",
                cloud,
                new Amount("events", waiting, 0, Optional.empty(), Optional.empty()),
                "counted in the store",
                now,
                to,
                Mode.STAYS,
                "What waits there is done there before the functions go"));
      }
    }
  }

  private void devices() {
    for (Device device : before.project().devices()) {
      if (!after.project().hasDevice(device.id())) {
        for (Layer tier : TIERS.keySet()) {
          add(
              tier,
              held(tier, Optional.of(device.id()), Optional.empty()),
              Optional.empty(),
              Mode.STAYS,
              "The items of "
                  + device.id()
                  + " stay readable; its messages are refused from then on");
        }
      }
    }
  }

  private void shortened() {
    TwinConfig old = before.project().config();
    TwinConfig now = after.project().config();
    if (now.hotDays() < old.hotDays()) {
      older(Layer.L3_HOT, Layer.L3_COLD, now.hotDays());
    }
    int days = now.hotDays() + now.coldDays();
    if (days < old.hotDays() + old.coldDays()) {
      older(Layer.L3_COLD, Layer.L3_ARCHIVE, days);
    }
  }

  private void older(Layer tier, Layer next, int days) {
    String cutOff = Timestamps.of(now.minus(day.multipliedBy(days)));
    add(
        tier,
        held(tier, Optional.empty(), Optional.of(cutOff)),
        after.project().placement().of(next),
        Mode.MOVES,
        "The next run of the mover moves it to "
            + next.title()
            + (next == Layer.L3_ARCHIVE
                ? "; where an archive must be restored first, it cannot be read before"
                : "")
            + ", and a longer time does not bring it back");
  }

  private void history() {
    if (before.project().config().historyOverTiers()
        && !after.project().config().historyOverTiers()) {
      for (Layer tier : List.of(Layer.L3_COLD, Layer.L3_ARCHIVE)) {
        add(
            tier,
            held(tier, Optional.empty(), Optional.empty()),
            Optional.empty(),
            Mode.STAYS,
            "It cannot be read while history_over_tiers is off");
      }
    }
  }
}
