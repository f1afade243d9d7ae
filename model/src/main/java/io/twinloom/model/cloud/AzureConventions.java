package io.twinloom.model.cloud;

import io.twinloom.model.CloudConventions;
import io.twinloom.model.HierarchyFile;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.NamingRule;
import io.twinloom.model.WorkflowFile;
import java.util.List;
import java.util.Optional;

/** Microsoft Azure. */
public final class AzureConventions implements CloudConventions {

  @Override
  public int order() {
    return 2;
  }

  @Override
  public String id() {
    return "azure";
  }

  @Override
  public CredentialKeys credentials() {
    return new CredentialKeys(
        List.of("azure_client_id", "azure_client_secret", "azure_tenant_id"),
        List.of(
            "azure_subscription_id",
            "azure_region",
            "azure_region_iothub",
            "azure_region_digital_twin"));
  }

  @Override
  public NamingRule naming(Thing thing) {
    return switch (thing) {
      case FUNCTION -> Rules.FUNCTION_APP;
      case HOT_TABLE -> Rules.COSMOS;
      case BUCKET -> Rules.BLOB_CONTAINER;
      case TWIN_GRAPH -> Rules.DIGITAL_TWINS;
      case DEVICE -> Rules.IOT_HUB_DEVICE;
      case TWIN_ENTITY, TWIN_COMPONENT -> Rules.DIGITAL_TWIN;
    };
  }

  @Override
  public String codeFolder() {
    return "azure_functions/";
  }

  @Override
  public WorkflowFile workflow() {
    return new WorkflowFile.OfJson("state_machines/azure_logic_app.json", LogicApp::check);
  }

  @Override
  public Optional<String> workflowSetting() {
    return Optional.empty();
  }

  @Override
  public Optional<HierarchyFile> hierarchy() {
    return Optional.of(
        new HierarchyFile(
            "twin_hierarchy/azure_hierarchy.json", Optional.of(AzureHierarchy::read)));
  }

  @Override
  public TwinService twinService() {
    return TwinService.PUSHED;
  }

  @Override
  public boolean viewReadsThroughTwin() {
    return false;
  }

  @Override
  public boolean viewNeedsAdmin() {
    return true;
  }

  @Override
  public Optional<String> sceneFile() {
    return Optional.of("3DScenesConfiguration.json");
  }

  /** Made when a name is first put into the cloud's form: most starts need those of one cloud. */
  private static final class Rules {
    /** Quoting that no resource with a public endpoint may have in its name, or start with. */
    private static final String RESERVED = "microsoft|windows|^login";

    /**
     * A function app has 2 to 60 characters, a function in it starts with a letter; both are
     * compared without case, and certain words are reserved.
     *
     * @see <a
     *     href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules">
     *     Naming rules and restrictions for Azure resources</a> (Microsoft.Web, sites)
     * @see <a
     *     href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name">
     *     Reserved resource names</a>
     */
    private static final NamingRule FUNCTION_APP =
        new NamingRule(NamingRule.LOWER + "-", 60, "a-z", NamingRule.LOWER, RESERVED);

    /**
     * A Cosmos DB container's id has up to 255 characters without slashes, {@code #} and {@code ?}.
     *
     * @see <a
     *     href="https://learn.microsoft.com/en-us/rest/api/cosmos-db/create-a-collection">Create a
     *     collection</a>
     */
    private static final NamingRule COSMOS =
        new NamingRule(NamingRule.DOTTED, 255, NamingRule.ANY, NamingRule.ANY, NamingRule.NOTHING);

    /**
     * Blob containers have 3 to 63 of a-z 0-9 -, never two hyphens together.
     *
     * @see <a
     *     href="https://learn.microsoft.com/en-us/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata">
     *     Container names</a>
     */
    private static final NamingRule BLOB_CONTAINER =
        new NamingRule(NamingRule.LOWER + "-", 63, NamingRule.LOWER, NamingRule.LOWER, "--");

    /**
     * Digital Twins instances have 3 to 63 characters and a public endpoint.
     *
     * @see <a
     *     href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules">
     *     Naming rules and restrictions for Azure resources</a> (Microsoft.DigitalTwins)
     */
    private static final NamingRule DIGITAL_TWINS =
        new NamingRule(NamingRule.LOWER + "-", 63, NamingRule.LOWER, NamingRule.LOWER, RESERVED);

    /**
     * Device ids have up to 128 characters, some marks among them.
     *
     * @see <a
     *     href="https://learn.microsoft.com/en-us/azure/iot-hub/iot-hub-devguide-identity-registry">
     *     Identity registry</a>
     */
    private static final NamingRule IOT_HUB_DEVICE =
        new NamingRule(NamingRule.DOTTED, 128, NamingRule.ANY, NamingRule.ANY, NamingRule.NOTHING);

    /**
     * A digital twin's id has up to 128 characters, capitals and small letters apart.
     *
     * @see <a
     *     href="https://learn.microsoft.com/en-us/azure/digital-twins/reference-service-limits">
     *     Azure Digital Twins service limits</a>
     */
    private static final NamingRule DIGITAL_TWIN =
        new NamingRule(NamingRule.DOTTED, 128, NamingRule.ANY, NamingRule.ANY, NamingRule.NOTHING);

    private Rules() {}
  }
}
