package io.twinloom.worker;

import java.nio.file.Path;
import java.util.Set;

/**
 * A folder of which user code must not see everything, such as the one that holds tokens.
 *
 * @param folder need not exist
 * @param names the entries of it that user code must not see; empty: none of them
 */
public record SecretFolder(Path folder, Set<String> names) {
  public SecretFolder {
    names = Set.copyOf(names);
  }

  /** A folder that is kept from user code whole. */
  public static SecretFolder whole(Path folder) {
    return new SecretFolder(folder, Set.of());
  }

  boolean hides(String name) {
    return names.isEmpty() || names.contains(name);
  }
}
