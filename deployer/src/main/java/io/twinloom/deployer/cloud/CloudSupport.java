package io.twinloom.deployer.cloud;

import io.twinloom.deployer.device.DeviceAccess;
import io.twinloom.deployer.terraform.TerraformPart;
import io.twinloom.model.Provider;
import io.twinloom.packaging.bundle.SystemArtifact;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one interface through which a cloud that twins are deployed to joins the deployer. Found with
 * {@link ServiceLoader}, one class a cloud with a public constructor without parameters, in the
 * cloud's own {@code -deploy} module; nothing else of that module is known by name.
 *
 * <p>Beside it a cloud has its conventions ({@link io.twinloom.model.CloudConventions}), its form
 * of user code ({@code UserCodeForm}) and its HCL in {@code terraform/{id}}.
 */
public interface CloudSupport {

  /** Which cloud this is. */
  Provider provider();

  /** An account of the cloud; asks nothing yet. */
  CloudAccount open(CloudCredentials credentials, InstantSource clock);

  /** How the cloud runs the artifact of all system functions. */
  SystemArtifact artifact();

  /** What has to be known of the cloud's HCL. */
  TerraformPart terraform();

  /** How devices connect, where layer 1 is on this cloud. */
  DeviceAccess devices();

  /**
   * The clouds that can be deployed to, in their order.
   *
   * @throws IllegalStateException if one is there twice
   */
  static SortedMap<Provider, CloudSupport> all() {
    SortedMap<Provider, CloudSupport> all = new TreeMap<>();
    for (CloudSupport support :
        ServiceLoader.load(CloudSupport.class, CloudSupport.class.getClassLoader())) {
      if (all.put(support.provider(), support) != null) {
        throw new IllegalStateException("two supports of " + support.provider().id());
      }
    }
    return Collections.unmodifiableSortedMap(all);
  }

  /** How each of these clouds runs its artifact. */
  static Map<Provider, SystemArtifact> artifacts(Map<Provider, CloudSupport> clouds) {
    Map<Provider, SystemArtifact> artifacts = new TreeMap<>();
    clouds.forEach((cloud, support) -> artifacts.put(cloud, support.artifact()));
    return artifacts;
  }
}
