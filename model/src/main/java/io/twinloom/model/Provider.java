package io.twinloom.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * A cloud that can carry a layer. There is one instance for each {@link CloudConventions} that the
 * {@link ServiceLoader} finds, so {@code ==} compares two; they are ordered as {@link #all} is.
 */
public final class Provider implements Comparable<Provider> {

  private final CloudConventions conventions;
  private final String id;
  private final String connectionId;
  private final int position;

  private Provider(CloudConventions conventions, int position) {
    this.conventions = conventions;
    this.id = conventions.id();
    this.connectionId = conventions.connectionId();
    this.position = position;
  }

  /** Loaded once, when the first cloud is asked for: a start pays for one look-up at most. */
  private static final class Loaded {
    private static final List<Provider> ALL =
        of(
            ServiceLoader.load(CloudConventions.class, CloudConventions.class.getClassLoader())
                .stream()
                .map(ServiceLoader.Provider::get)
                .toList());

    private Loaded() {}
  }

  /**
   * The providers of these conventions, in their order.
   *
   * @throws IllegalStateException if two have one name
   */
  static List<Provider> of(List<CloudConventions> found) {
    List<CloudConventions> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparingInt(CloudConventions::order).thenComparing(CloudConventions::id));
    Set<String> names = new HashSet<>();
    List<Provider> providers = new ArrayList<>();
    for (CloudConventions conventions : sorted) {
      for (String name : Set.of(conventions.id() + "/id", conventions.connectionId() + "/wire")) {
        if (!names.add(name)) {
          throw new IllegalStateException("two clouds are named " + conventions.id());
        }
      }
      providers.add(new Provider(conventions, providers.size()));
    }
    return List.copyOf(providers);
  }

  /** All clouds, in the order of {@link CloudConventions#order}. */
  public static List<Provider> all() {
    return Loaded.ALL;
  }

  /** The names of all clouds in {@code config_providers.json}, in their order. */
  public static List<String> ids() {
    return all().stream().map(Provider::id).toList();
  }

  /**
   * The provider of a name in {@code config_providers.json}; a cloud's name in connection ids, such
   * as {@code gcp}, is read as well.
   */
  public static Optional<Provider> of(String name) {
    for (Provider provider : all()) {
      if (provider.id.equals(name) || provider.connectionId.equals(name)) {
        return Optional.of(provider);
      }
    }
    return Optional.empty();
  }

  /**
   * The provider of a name that is known to be one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Provider named(String id) {
    return of(id).orElseThrow(() -> new IllegalArgumentException("no cloud is named " + id));
  }

  /** The name in {@code config_providers.json} and in results: aws, azure, google. */
  public String id() {
    return id;
  }

  /** The name in connection ids and in {@code source_cloud}: aws, azure, gcp. */
  public String connectionId() {
    return connectionId;
  }

  /** What is particular to this cloud. */
  public CloudConventions conventions() {
    return conventions;
  }

  /** The place in {@link #all}, from 0. */
  public int position() {
    return position;
  }

  /**
   * The names that this cloud's object in {@code config_credentials.json} may have, first the one
   * of the contract.
   */
  public List<String> credentialsNames() {
    return id.equals(connectionId) ? List.of(id) : List.of(connectionId, id);
  }

  @Override
  public int compareTo(Provider other) {
    return Integer.compare(position, other.position);
  }

  @Override
  public String toString() {
    return id;
  }
}
