package io.twinloom.model.cloud;

import io.twinloom.model.CloudConventions;
import io.twinloom.model.HierarchyFile;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.NamingRule;
import io.twinloom.model.WorkflowFile;
import java.util.List;
import java.util.Optional;

/** Google Cloud. */
public final class GoogleConventions implements CloudConventions {

  @Override
  public int order() {
    return 3;
  }

  @Override
  public String id() {
    return "google";
  }

  @Override
  public String connectionId() {
    return "gcp";
  }

  @Override
  public CredentialKeys credentials() {
    return new CredentialKeys(
        List.of(), List.of("gcp_credentials_file", "gcp_project_id", "gcp_region"));
  }

  @Override
  public NamingRule naming(Thing thing) {
    return switch (thing) {
      case FUNCTION -> Rules.GOOGLE_FUNCTION;
      case HOT_TABLE, TWIN_GRAPH, TWIN_ENTITY, TWIN_COMPONENT -> Rules.FIRESTORE;
      case BUCKET -> Rules.GCS;
      case DEVICE -> Rules.PUBSUB;
    };
  }

  @Override
  public String codeFolder() {
    return "cloud_functions/";
  }

  @Override
  public WorkflowFile workflow() {
    return new WorkflowFile.OfText(
        "state_machines/google_cloud_workflow.yaml", GoogleWorkflow::check);
  }

  @Override
  public Optional<String> workflowSetting() {
    return Optional.empty();
  }

  @Override
  public Optional<HierarchyFile> hierarchy() {
    return Optional.empty();
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
    return false;
  }

  @Override
  public Optional<String> sceneFile() {
    return Optional.empty();
  }

  /** Made when a name is first put into the cloud's form: most starts need those of one cloud. */
  private static final class Rules {
    /**
     * Function ids have 4 to 63 of a-z 0-9 -, the first a letter.
     *
     * @see <a
     *     href="https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions/create">
     *     projects.locations.functions.create</a>
     */
    private static final NamingRule GOOGLE_FUNCTION =
        new NamingRule(NamingRule.LOWER + "-", 63, "a-z", NamingRule.LOWER, NamingRule.NOTHING);

    /**
     * Collection ids have up to 1,500 bytes without slashes, and are not of the form {@code
     * __.*__}.
     *
     * @see <a href="https://firebase.google.com/docs/firestore/quotas">Firestore: usage and
     *     limits</a>
     */
    private static final NamingRule FIRESTORE =
        new NamingRule(NamingRule.DOTTED, 1500, NamingRule.ANY, NamingRule.ANY, "^__.*__$");

    /**
     * 3 to 63 of a-z 0-9 - _ without the word google, its close misspellings, and the prefix goog.
     *
     * @see <a href="https://cloud.google.com/storage/docs/buckets#naming">Bucket names</a>
     */
    private static final NamingRule GCS =
        new NamingRule(
            NamingRule.LOWER + "_-",
            63,
            NamingRule.LOWER,
            NamingRule.LOWER,
            "g[o0][o0]g[l1]e|^goog");

    /**
     * Topics and subscriptions have 3 to 255 characters, the first a letter, and do not begin with
     * goog.
     *
     * @see <a href="https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names">Guidelines
     *     to name a topic, subscription, schema, or snapshot</a>
     */
    private static final NamingRule PUBSUB =
        new NamingRule(NamingRule.DOTTED, 255, "a-zA-Z", NamingRule.ANY, "^goog");

    private Rules() {}
  }
}
