package io.twinloom.deployer.cloud;

import io.twinloom.deployer.terraform.StoredData;
import java.util.Set;

/**
 * Which data may go with a twin that is removed.
 *
 * @param all whether everything may
 * @param stores those that may, as {@code CLOUD:NAME}, where not all may
 */
public record DataRemoval(boolean all, Set<String> stores) {

  /** All that holds data stays. */
  public static final DataRemoval NONE = new DataRemoval(false, Set.of());

  /** Everything goes. */
  public static final DataRemoval ALL = new DataRemoval(true, Set.of());

  public DataRemoval {
    stores = Set.copyOf(stores);
  }

  /** These alone go. */
  public static DataRemoval of(Set<String> stores) {
    return new DataRemoval(false, stores);
  }

  /** Whether this may go. */
  public boolean covers(StoredData data) {
    return all || stores.contains(data.id());
  }
}
