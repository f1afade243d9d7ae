package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.deployer.cloud.CloudAccount.LayerPermissions;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.project.ProjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is printed to paste is enough for a deployment, and no more than AWS lets one say. */
class DeployerPolicyTest extends AccountFixture {

  private List<JsonObject> attached = List.of();

  DeployerPolicyTest() {
    super("arn:aws:iam::123456789012:user/deployer");
  }

  /** As IAM does, as far as these documents go. */
  @Override
  boolean allows(FakeAws.Request simulation, String action) {
    String resource = simulation.members("ResourceArns").getFirst();
    return statements().stream()
        .anyMatch(
            s ->
                texts(s, "Action").contains(action)
                    && texts(s, "Resource").stream()
                        .anyMatch(r -> ProviderActionsTest.fits(r, resource))
                    && (!s.has("Condition")
                        || simulation.body().contains("iam%3APassedToService")));
  }

  private List<JsonObject> statements() {
    List<JsonObject> statements = new ArrayList<>();
    for (JsonObject document : attached) {
      document.array("Statement").orElseThrow().forEach(s -> statements.add((JsonObject) s));
    }
    return statements;
  }

  private static List<String> texts(JsonObject statement, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : statement.array(name).orElse(JsonArray.EMPTY)) {
      texts.add(((JsonString) value).value());
    }
    return texts;
  }

  private PreparedProject whole(String twin) {
    Project project =
        ProjectBuilder.of(twin)
            .device("s\u00e4ge.1", "temperature")
            .on(Layer.L5, KnownClouds.AWS)
            .feature("integrateErrorHandling")
            .file(
                "config_user.json",
                "{\"admin_email\": \"a@example.org\", \"admin_first_name\": \"A\","
                    + " \"admin_last_name\": \"B\"}")
            .readFrom(folder.resolve(twin));
    return prepared(project);
  }

  @Test
  void whoeverHasThePolicyLacksNothing() {
    PreparedProject project = whole("hall");
    try (AwsAccount account = account()) {
      attached = account.policies(project, Optional.of(account.identity()));
      assertThat(account.permissions(project))
          .isNotEmpty()
          .allSatisfy(layer -> assertThat(layer.missing()).as(layer.layer().title()).isEmpty());
    }
  }

  @Test
  void thePolicyOfAnotherTwinOrAccountIsNotEnough() {
    PreparedProject project = whole("hall");
    Identity stranger = new Identity("999999999999", "arn:aws:iam::9:user/x", "eu-central-1");
    try (AwsAccount account = account()) {
      attached = account.policies(whole("mill"), Optional.of(account.identity()));
      assertThat(missing(account, project))
          .contains("lambda:CreateFunction", "s3:PutObjectTagging", "iot:ListThingPrincipalsV2")
          .doesNotContain("cloudwatch:GetMetricData");
      attached = account.policies(project, Optional.of(stranger));
      assertThat(missing(account, project)).contains("lambda:ListTags", "iam:PassRole");
    }
  }

  private static Set<String> missing(AwsAccount account, PreparedProject project) {
    Set<String> missing = new TreeSet<>();
    for (LayerPermissions layer : account.permissions(project)) {
      missing.addAll(layer.missing());
    }
    return missing;
  }

  @Test
  void eachDocumentIsAsShortAsIamTakesAndSaysWholeActionsOfNamedThings() {
    try (AwsAccount account = account()) {
      attached = account.policies(whole("hall"), Optional.of(account.identity()));
    }
    assertThat(attached)
        .isNotEmpty()
        .allSatisfy(d -> assertThat(Json.text(d).length()).isLessThan(DeployerPolicy.LONGEST));
    for (JsonObject statement : statements()) {
      assertThat(statement.text("Effect")).contains("Allow");
      assertThat(statement.text("Sid").orElse("")).matches("[A-Za-z0-9]+");
      assertThat(texts(statement, "Action")).isNotEmpty().noneMatch(a -> a.contains("*"));
      boolean unlimited = texts(statement, "Resource").contains("*");
      assertThat(unlimited).isEqualTo(statement.text("Sid").equals(Optional.of("Anything")));
    }
  }

  @Test
  void aRoleMayBeHandedOnlyToTheServicesThatTakeOne() {
    try (AwsAccount account = account()) {
      attached = account.policies(whole("hall"), Optional.of(account.identity()));
    }
    assertThat(statements())
        .filteredOn(s -> texts(s, "Action").contains("iam:PassRole"))
        .singleElement()
        .satisfies(
            s ->
                assertThat(String.valueOf(s.get("Condition")))
                    .contains("iam:PassedToService", "lambda.amazonaws.com"));
  }

  @Test
  void withoutCredentialsThePolicyIsForAnyAccount() {
    try (AwsAccount account = account()) {
      attached = account.policies(whole("hall"), Optional.empty());
    }
    assertThat(statements())
        .filteredOn(s -> texts(s, "Action").contains("lambda:CreateFunction"))
        .singleElement()
        .satisfies(
            s ->
                assertThat(texts(s, "Resource"))
                    .containsExactly("arn:aws:lambda:eu-central-1:*:function:hall-*"));
  }

  @Test
  void whatAFirstDeploymentWasDeniedForIsInIt() {
    try (AwsAccount account = account()) {
      attached = account.policies(whole("hall"), Optional.of(account.identity()));
    }
    assertThat(statements().stream().flatMap(s -> texts(s, "Action").stream()))
        .contains(
            "s3:PutObjectTagging",
            "s3:PutBucketCORS",
            "iot:ListThingPrincipalsV2",
            "lambda:ListTags",
            "iam:UpdateAssumeRolePolicy",
            "logs:UntagResource");
  }
}
