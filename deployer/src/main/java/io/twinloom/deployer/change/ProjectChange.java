package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig;
import io.twinloom.packaging.PreparedCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What differs between two versions of a project, and what making the one the other takes.
 *
 * @param items each difference
 */
public record ProjectChange(List<Item> items) {

  public ProjectChange {
    items = List.copyOf(items);
  }

  /** What a difference takes. */
  public enum Effect {
    /** It takes effect in a twin that runs. */
    LIVE,
    /** It moves a layer, in phases while the twin runs: it is confirmed apart. */
    MOVE,
    /**
     * It moves what is stored, or makes some of it unreachable, in a twin that runs: it is
     * confirmed apart.
     */
    DATA,
    /** It does so when the twin starts: it is confirmed apart. */
    RESTART,
    /** It cannot be made: what is deployed is another twin. */
    REFUSED
  }

  /**
   * A difference.
   *
   * @param what it is, for people: a clause such as {@code the code of processors/pump}
   */
  public record Item(Effect effect, String what) {}

  /** What makes one version the other. */
  public static ProjectChange between(PreparedProject before, PreparedProject after) {
    Comparison comparison = new Comparison(before.project(), after.project());
    comparison.config();
    comparison.placement();
    comparison.devices();
    comparison.automation();
    comparison.code(before.code(), after.code());
    return new ProjectChange(comparison.items);
  }

  /** Whether all of it takes effect in a twin that runs. */
  public boolean isLive() {
    return items.stream().allMatch(item -> item.effect() == Effect.LIVE);
  }

  /** Whether a twin that runs becomes all of it: at once, or in phases; some once confirmed. */
  public boolean needsNoRestart() {
    return items.stream()
        .allMatch(
            item ->
                switch (item.effect()) {
                  case LIVE, MOVE, DATA -> true;
                  case RESTART, REFUSED -> false;
                });
  }

  /**
   * Those that are made once they are confirmed by themselves, for people: they concern what is
   * stored, or take a restart.
   */
  public List<String> confirmedApart() {
    return items.stream()
        .filter(
            item ->
                switch (item.effect()) {
                  case MOVE, DATA, RESTART -> true;
                  case LIVE, REFUSED -> false;
                })
        .map(Item::what)
        .toList();
  }

  /** The differences of one kind, for people. */
  public List<String> of(Effect effect) {
    return items.stream().filter(item -> item.effect() == effect).map(Item::what).toList();
  }

  /** All that differs, for people. */
  public List<String> all() {
    return items.stream().map(Item::what).toList();
  }

  /** Collects the differences of two projects. */
  private static final class Comparison {

    private final Project before;
    private final Project after;
    private final List<Item> items = new ArrayList<>();

    Comparison(Project before, Project after) {
      this.before = before;
      this.after = after;
    }

    private void add(Effect effect, String what) {
      items.add(new Item(effect, what));
    }

    void config() {
      TwinConfig old = before.config();
      TwinConfig now = after.config();
      if (!old.name().equals(now.name())) {
        add(Effect.REFUSED, "the twin's name, from " + old.name() + " to " + now.name());
      }
      days("hot_storage_size_in_days", old.hotDays(), now.hotDays());
      days("cold_storage_size_in_days", old.coldDays(), now.coldDays());
      if (old.historyOverTiers() && !now.historyOverTiers()) {
        add(
            Effect.DATA,
            "history_over_tiers off: what is in the cold and archive store is not readable then");
      } else if (old.historyOverTiers() != now.historyOverTiers()) {
        add(Effect.LIVE, "history_over_tiers on");
      }
      if (old.mode() != now.mode()) {
        add(Effect.LIVE, "the mode, from " + old.mode() + " to " + now.mode());
      }
      if (old.compressChunks() != now.compressChunks()) {
        add(Effect.LIVE, "compress_chunks");
      }
      if (!old.signedConnections().equals(now.signedConnections())) {
        add(Effect.LIVE, "signed_connections");
      }
    }

    private void days(String key, int old, int now) {
      if (now < old) {
        add(
            Effect.DATA,
            key
                + " from "
                + old
                + " to "
                + now
                + ": the next run moves what is older to the next tier");
      } else if (now > old) {
        add(Effect.LIVE, key + " from " + old + " to " + now + "; nothing moves back");
      }
    }

    void placement() {
      for (Layer layer : Layer.values()) {
        Optional<Provider> old = before.placement().of(layer);
        Optional<Provider> now = after.placement().of(layer);
        if (!old.equals(now)) {
          add(
              ChangePlan.moves(layer, before.placement(), after.placement())
                  ? Effect.MOVE
                  : Effect.RESTART,
              layer.title() + ", from " + cloud(old) + " to " + cloud(now));
        }
      }
    }

    private static String cloud(Optional<Provider> cloud) {
      return cloud.map(Provider::id).orElse("none");
    }

    void devices() {
      Map<String, Device> old = byId(before);
      Map<String, Device> now = byId(after);
      old.forEach(
          (id, device) -> {
            Device other = now.get(id);
            if (other == null) {
              add(Effect.DATA, "the device " + id + ", which is removed");
            } else if (!other.equals(device)) {
              add(Effect.LIVE, "the properties of the device " + id);
            }
          });
      now.keySet().stream()
          .filter(id -> !old.containsKey(id))
          .forEach(id -> add(Effect.LIVE, "the device " + id + ", which is added"));
    }

    private static Map<String, Device> byId(Project project) {
      Map<String, Device> devices = new LinkedHashMap<>();
      project.devices().forEach(device -> devices.put(device.id(), device));
      return devices;
    }

    void automation() {
      if (!before.rules().equals(after.rules())) {
        add(Effect.LIVE, "the rules");
      }
      if (!before.features().equals(after.features())) {
        add(Effect.LIVE, "the features");
      }
      if (!before.hierarchy().equals(after.hierarchy())) {
        add(Effect.LIVE, "the hierarchy");
      }
    }

    void code(List<PreparedCode> old, List<PreparedCode> now) {
      Map<String, String> former = digests(old);
      Map<String, String> present = digests(now);
      present.forEach(
          (folder, digest) -> {
            if (!digest.equals(former.get(folder))) {
              add(Effect.LIVE, "the code of " + folder);
            }
          });
      former.keySet().stream()
          .filter(folder -> !present.containsKey(folder))
          .forEach(folder -> add(Effect.LIVE, "the code of " + folder + ", which is removed"));
    }

    private static Map<String, String> digests(List<PreparedCode> code) {
      Map<String, String> digests = new TreeMap<>();
      code.forEach(one -> digests.put(one.code().folder(), one.digest()));
      return digests;
    }
  }
}
