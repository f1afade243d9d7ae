package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One account of one cloud, as the deployer needs it besides Terraform. Every method throws a
 * {@link io.twinloom.model.TwinloomException} where the cloud cannot be asked, with what to do:
 * {@code TL-CREDENTIALS-MISSING}, {@code TL-CREDENTIALS-WRONG}, {@code TL-CREDENTIALS-EXPIRED},
 * {@code TL-CREDENTIALS-DENIED}, {@code TL-CLOUD-UNREACHABLE}.
 */
public interface CloudAccount extends AutoCloseable {

  /**
   * Whose the credentials are.
   *
   * @param account the cloud's id of the account
   * @param principal who is asking, as the cloud names it
   * @param region where a twin is made
   * @param otherRegions where services are made that are set apart from that, by the service's name
   *     in the settings, such as {@code iothub}
   */
  record Identity(
      String account, String principal, String region, Map<String, String> otherRegions) {
    public Identity {
      otherRegions = Map.copyOf(otherRegions);
    }

    /** One that has all in one region. */
    public Identity(String account, String principal, String region) {
      this(account, principal, region, Map.of());
    }
  }

  /**
   * What the credentials may not do that a deployment needs.
   *
   * @param layer which layer needs it
   * @param needed all permissions that the layer needs on this cloud, as the cloud names them
   * @param missing those of them that the credentials lack
   */
  record LayerPermissions(Layer layer, List<String> needed, List<String> missing) {
    public LayerPermissions {
      needed = List.copyOf(needed);
      missing = List.copyOf(missing);
    }
  }

  Provider provider();

  /** Who the credentials say one is; asks the cloud. */
  Identity identity();

  /** Which permissions a twin needs here, by layer, and which of them are missing. */
  List<LayerPermissions> permissions(PreparedProject project);

  /**
   * Documents that grant what {@link #permissions} needs and no more, as the cloud takes them,
   * limited to the twin's names and the account as far as the cloud can; none where the cloud has
   * no such documents. Asks nothing.
   *
   * @param identity whose account it is for; empty: the documents are for any
   */
  default List<JsonObject> policies(PreparedProject project, Optional<Identity> identity) {
    return List.of();
  }

  /** The environment that Terraform's provider of this cloud finds its credentials in. */
  Map<String, String> terraformEnvironment();

  /** What is made here beside Terraform, in its order. */
  List<CloudStep> steps(Deployment deployment);

  /**
   * Takes away what a step has made, whichever project that was for. What is gone already is gone.
   *
   * @param step its {@link CloudStep#id}
   * @param outputs what this cloud's Terraform module gave back when it was made, without secrets
   */
  void undo(String step, JsonObject outputs, Progress progress);

  /**
   * The archive of a deployed version of the project, which Terraform uploaded here.
   *
   * @param digest of the version
   * @param outputs what this cloud's Terraform module gave back
   * @return empty where there is none
   */
  Optional<byte[]> uploadedProject(String digest, JsonObject outputs);

  /** What can be done with a twin that is deployed here. */
  AccountOperations operations(Deployment deployment);

  @Override
  void close();
}
