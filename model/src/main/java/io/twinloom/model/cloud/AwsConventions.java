package io.twinloom.model.cloud;

import io.twinloom.json.Located;
import io.twinloom.model.CloudConventions;
import io.twinloom.model.HierarchyFile;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.NamingRule;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.WorkflowFile;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.reading.Members;
import io.twinloom.model.reading.Quoting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Amazon Web Services. */
public final class AwsConventions implements CloudConventions {

  @Override
  public int order() {
    return 1;
  }

  @Override
  public String id() {
    return "aws";
  }

  @Override
  public CredentialKeys credentials() {
    return new CredentialKeys(
        List.of("aws_access_key_id", "aws_secret_access_key"),
        List.of("aws_session_token", "aws_region"));
  }

  @Override
  public NamingRule naming(Thing thing) {
    return switch (thing) {
      case FUNCTION -> Rules.LAMBDA;
      case HOT_TABLE -> Rules.DYNAMODB;
      case BUCKET -> Rules.S3;
      case TWIN_GRAPH -> Rules.TWINMAKER;
      case DEVICE -> Rules.IOT_THING;
      case TWIN_ENTITY -> Rules.TWINMAKER_ENTITY;
      case TWIN_COMPONENT -> Rules.TWINMAKER_COMPONENT;
    };
  }

  @Override
  public String codeFolder() {
    return "lambda_functions/";
  }

  @Override
  public WorkflowFile workflow() {
    return new WorkflowFile.OfJson(
        "state_machines/aws_step_function.json", AwsConventions::stepFunction);
  }

  @Override
  public Optional<String> workflowSetting() {
    return Optional.of("LAMBDA_CHAIN_STEP_FUNCTION_ARN");
  }

  @Override
  public Optional<String> twinSetting() {
    return Optional.of("TWINMAKER_WORKSPACE_NAME");
  }

  @Override
  public Optional<HierarchyFile> hierarchy() {
    return Optional.of(new HierarchyFile("twin_hierarchy/aws_hierarchy.json", Optional.empty()));
  }

  @Override
  public TwinService twinService() {
    return TwinService.PULLS;
  }

  @Override
  public boolean viewReadsThroughTwin() {
    return true;
  }

  @Override
  public Optional<TwinSource> twinSource() {
    return Optional.of(
        new TwinSource(
            "grafana-iot-twinmaker-datasource", "grafana-iot-twinmaker-app", "EntityHistory"));
  }

  @Override
  public Map<String, String> traceHeaders(String trace, String span, boolean sampled) {
    return AmazonTrace.of(trace, span, sampled)
        .map(header -> Map.of(AmazonTrace.HEADER, header))
        .orElse(Map.of());
  }

  @Override
  public boolean viewNeedsAdmin() {
    return true;
  }

  @Override
  public Optional<String> sceneFile() {
    return Optional.of("scene.json");
  }

  /**
   * @see <a href="https://states-language.net/">Amazon States Language</a>
   */
  private static void stepFunction(Located root, ProblemCollector problems) {
    String fix = "Write {\"StartAt\": \"First\", \"States\": {\"First\": {…}}}.";
    Members members = Members.of(root, problems, fix);
    if (members == null) {
      return;
    }
    String start = members.text("StartAt", fix);
    Located states = members.required("States", fix);
    Located at = members.optional("StartAt");
    if (states == null || Members.of(states, problems, fix) == null) {
      return;
    }
    if (start != null && at != null && states.member(start) == null) {
      problems.error(
          ModelError.WORKFLOW_SHAPE,
          at,
          "\"StartAt\" is " + Quoting.quoted(start) + ", which is none of the states.",
          "Write the name of a state." + Quoting.hint(start, states.members().keySet()));
    }
  }

  /** Made when a name is first put into the cloud's form: most starts need those of one cloud. */
  private static final class Rules {
    /**
     * Function names have 64 characters at most.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html">CreateFunction</a>
     */
    private static final NamingRule LAMBDA =
        new NamingRule(NamingRule.ANY, 64, NamingRule.ANY, NamingRule.ANY, NamingRule.NOTHING);

    /**
     * Table names have 3 to 255 characters, a dot among them.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
     *     Naming rules</a>
     */
    private static final NamingRule DYNAMODB =
        new NamingRule(NamingRule.DOTTED, 255, NamingRule.ANY, NamingRule.ANY, NamingRule.NOTHING);

    /**
     * 3 to 63 of a-z 0-9 - (a dot is allowed, but breaks TLS), none of the reserved prefixes and
     * suffixes.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">General
     *     purpose bucket naming rules</a>
     */
    private static final NamingRule S3 =
        new NamingRule(
            NamingRule.LOWER + "-",
            63,
            NamingRule.LOWER,
            NamingRule.LOWER,
            "^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$");

    /**
     * Workspace ids have 1 to 128 characters and end in a letter or digit.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_CreateWorkspace.html">
     *     CreateWorkspace</a>
     */
    private static final NamingRule TWINMAKER =
        new NamingRule(NamingRule.ANY, 128, "a-zA-Z0-9_", "a-zA-Z0-9", NamingRule.NOTHING);

    /**
     * Things have 1 to 128 characters; a colon is allowed, but not in the name of a policy.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThing.html">CreateThing</a>
     */
    private static final NamingRule IOT_THING =
        new NamingRule(NamingRule.ANY, 128, NamingRule.ANY, NamingRule.ANY, NamingRule.NOTHING);

    /**
     * Entities and component types have at least two characters, of which the last is a letter or
     * digit; a type's id may have 256, an entity's 128.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_CreateEntity.html">
     *     CreateEntity</a>
     */
    private static final NamingRule TWINMAKER_ENTITY =
        new NamingRule("a-zA-Z0-9._:-", 128, "a-zA-Z0-9", "a-zA-Z0-9", "^.$");

    /**
     * Components' and properties' names have no dot.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_CreateEntity.html">
     *     CreateEntity</a>
     */
    private static final NamingRule TWINMAKER_COMPONENT =
        new NamingRule(NamingRule.ANY, 128, NamingRule.ANY, NamingRule.ANY, NamingRule.NOTHING);

    private Rules() {}
  }
}
