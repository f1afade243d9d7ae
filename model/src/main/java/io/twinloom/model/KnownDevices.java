package io.twinloom.model;

import io.twinloom.json.Located;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The devices of a project while it is read, by their ids in normal form, with their places. Those
 * with something wrong in them are there too, so that what refers to them is not reported as well.
 *
 * @param known whether the list could be read: else nothing can be said of a reference
 */
public record KnownDevices(Map<String, Device> byId, Map<String, Located> places, boolean known) {

  /** Where the list could not be read. */
  public static final KnownDevices NOTHING = new KnownDevices(Map.of(), Map.of(), false);

  /** The ids, in the order of the list. */
  public Set<String> ids() {
    return byId.keySet();
  }

  /** Whether a reference to this device must be reported. */
  public boolean lacks(String id) {
    return known && !byId.containsKey(DeviceIds.normal(id));
  }

  /** The device with this id, however it is written; empty where there is none. */
  public Optional<Device> find(String id) {
    return Optional.ofNullable(byId.get(DeviceIds.normal(id)));
  }

  /** The devices, in the order of the list. */
  public List<Device> devices() {
    return List.copyOf(byId.values());
  }
}
