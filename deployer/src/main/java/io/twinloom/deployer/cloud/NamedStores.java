package io.twinloom.deployer.cloud;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The stores that somebody names, as {@code CLOUD:NAME}.
 *
 * @param stored what of the twin holds data
 * @param folder which has the names of stores whose removal was ordered before
 */
record NamedStores(List<StoredData> stored, CloudDataFolder folder) {

  private static final String STORES = "stores";

  /**
   * Refuses names that no store has: with them something else was meant.
   *
   * @throws TwinloomException {@code TL-STORE-UNKNOWN}
   */
  void check(Collection<String> names) {
    List<String> known = stored.stream().map(StoredData::id).sorted().toList();
    List<String> unknown = names.stream().filter(name -> !known.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new TwinloomException(
          DeployerError.STORE_UNKNOWN,
          "The twin has no store " + String.join(", ", unknown) + " on its clouds.",
          folder.path().toString(),
          known.isEmpty()
              ? "Leave the name out: nothing of the twin holds data."
              : "These hold data: " + String.join(", ", known) + ".");
    }
  }

  /**
   * The same, but for stores whose removal was ordered from this machine before: they may be gone
   * by now. Notes what is ordered.
   *
   * @return the names of the stores that are still there
   */
  Set<String> order(Collection<String> names) {
    CloudDataFolder.JsonFile file = folder.orderedRemovals();
    Set<String> ordered = new TreeSet<>(file.read().array(STORES).orElse(JsonArray.EMPTY).texts());
    Set<String> present = new TreeSet<>(names);
    present.retainAll(stored.stream().map(StoredData::id).toList());
    check(names.stream().filter(n -> present.contains(n) || !ordered.contains(n)).toList());
    ordered.addAll(present);
    file.write(JsonObject.builder().put(STORES, JsonArray.ofTexts(List.copyOf(ordered))).build());
    return present;
  }
}
