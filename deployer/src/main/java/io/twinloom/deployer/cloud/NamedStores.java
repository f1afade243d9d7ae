package io.twinloom.deployer.cloud;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.TwinloomException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The stores that somebody names, as {@code CLOUD:NAME}.
 *
 * @param stored what of the twin holds data
 * @param folder which knows what was named before
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
   * The same, but for what was ordered from this machine before and is gone by now; notes what is
   * ordered.
   *
   * @return the names of the stores that are there
   */
  Set<String> ordered(Collection<String> names) {
    Set<String> before = new TreeSet<>();
    folder
        .orderedRemovals()
        .read()
        .array(STORES)
        .ifPresent(
            all ->
                all.forEach(
                    name -> {
                      if (name instanceof JsonString text) {
                        before.add(text.value());
                      }
                    }));
    Set<String> standing = new TreeSet<>(names);
    standing.retainAll(stored.stream().map(StoredData::id).toList());
    check(names.stream().filter(n -> standing.contains(n) || !before.contains(n)).toList());
    before.addAll(standing);
    folder
        .orderedRemovals()
        .write(JsonObject.builder().put(STORES, JsonArray.ofTexts(List.copyOf(before))).build());
    return standing;
  }
}
