package io.twinloom.model;

import io.twinloom.model.Names.Thing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a project's files and names have to do with one cloud: its names, its naming rules, the
 * folders and files that are for it alone, and what its services need. Found with {@link
 * java.util.ServiceLoader}, one class a cloud with a public constructor without parameters, and
 * asked through {@link Provider#conventions}.
 *
 * <p>Nothing here is about how a cloud is deployed to. Implementations are immutable, and their
 * methods cheap: they are called for every project that is read, and at the start of a function.
 */
public interface CloudConventions {

  /**
   * Where the cloud stands in lists; the local clouds get their ports in this order too. A cloud
   * that is added later has a greater one, so that the others' ports stay. Among equals the id
   * decides.
   */
  int order();

  /** The name in {@code config_providers.json} and in results. */
  String id();

  /** The name in connection ids, in {@code source_cloud} and in {@code config_credentials.json}. */
  default String connectionId() {
    return id();
  }

  /** The keys of the cloud's object in {@code config_credentials.json}. */
  CredentialKeys credentials();

  /** What the cloud allows as the name of a thing. */
  NamingRule naming(Thing thing);

  /** The folder of user code for this cloud in the older layouts, with a slash at its end. */
  String codeFolder();

  /** The user's own workflow for this cloud. */
  WorkflowFile workflow();

  /** The setting that names the workflow, where its name alone does not find it on this cloud. */
  Optional<String> workflowSetting();

  /**
   * The setting of what evaluates the rules that names the twin service's store on this cloud;
   * empty where functions do not get it.
   */
  default Optional<String> twinSetting() {
    return Optional.empty();
  }

  /** The file of the twin's hierarchy in this cloud's own name or shape. */
  Optional<HierarchyFile> hierarchy();

  /** How layer 4 gets its data on this cloud. */
  TwinService twinService();

  /** Whether layer 5 on this cloud reads through layer 4 of the same cloud. */
  boolean viewReadsThroughTwin();

  /**
   * The data source of Grafana through which a view reads layer 4 of this cloud; empty where it
   * reads the stores.
   */
  default Optional<TwinSource> twinSource() {
    return Optional.empty();
  }

  /**
   * A data source that shows a twin service.
   *
   * @param type its id in Grafana
   * @param app the id of the plugin that brings it
   * @param history the kind of query that asks for values of a component's properties in a range
   */
  record TwinSource(String type, String app, String history) {}

  /**
   * What a request says of its trace to the services of this cloud, beside {@code traceparent},
   * which all understand or pass on; headers by their names.
   *
   * @param trace a {@link io.twinloom.model.trace.TraceId}; another text has none
   * @param span of the function that sends the request
   * @param sampled whether all that handle the trace are to record it
   */
  default Map<String, String> traceHeaders(String trace, String span, boolean sampled) {
    return Map.of();
  }

  /** Whether layer 5 on this cloud needs the admin of {@code config_user.json}. */
  boolean viewNeedsAdmin();

  /**
   * The description of the scene that layer 4 shows on this cloud, as its name in {@code
   * scene_assets/{id}}; empty where it shows none.
   */
  Optional<String> sceneFile();

  /** How a twin service gets its data. */
  enum TwinService {
    /** It asks the readers of the stores, by its own names of entities and components. */
    PULLS,
    /** The persister sends it the newest values. */
    PUSHED
  }

  /**
   * The keys of one cloud's credentials.
   *
   * @param together one of them without the others is of no use
   * @param alone each of these is of use by itself
   */
  record CredentialKeys(List<String> together, List<String> alone) {
    public CredentialKeys {
      together = List.copyOf(together);
      alone = List.copyOf(alone);
    }
  }
}
