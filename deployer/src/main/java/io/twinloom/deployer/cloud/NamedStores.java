package io.twinloom.deployer.cloud;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The stores that somebody names, as {@code CLOUD:NAME}. */
final class NamedStores {

  private NamedStores() {}

  /**
   * Refuses names that no store has: with them something else was meant.
   *
   * @param stored what of the twin holds data
   * @param place what the twin's state is in
   * @throws TwinloomException {@code TL-STORE-UNKNOWN}
   */
  static void check(Collection<String> names, List<StoredData> stored, Path place) {
    List<String> known = stored.stream().map(StoredData::id).sorted().toList();
    List<String> unknown = names.stream().filter(name -> !known.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new TwinloomException(
          DeployerError.STORE_UNKNOWN,
          "The twin has no store " + String.join(", ", unknown) + " on its clouds.",
          place.toString(),
          known.isEmpty()
              ? "Leave the name out: nothing of the twin holds data."
              : "These hold data: " + String.join(", ", known) + ".");
    }
  }
}
