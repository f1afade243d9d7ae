package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudAccount.LayerPermissions;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsAccountTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/teams/deployer";

  @TempDir Path folder;

  private FakeAws aws;
  private String principal = "arn:aws:sts::123456789012:assumed-role/deployer/session";
  private Set<String> denied = Set.of();

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(this::answer);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Answer answer(FakeAws.Request request) {
    return switch (request.parameter("Action")) {
      case "GetCallerIdentity" ->
          Answer.xml(
              "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>"
                  + principal
                  + "</Arn><Account>123456789012</Account></GetCallerIdentityResult>"
                  + "</GetCallerIdentityResponse>");
      case "GetRole" ->
          Answer.xml(
              "<GetRoleResponse><GetRoleResult><Role><Arn>"
                  + ROLE
                  + "</Arn></Role></GetRoleResult></GetRoleResponse>");
      case "SimulatePrincipalPolicy" -> Answer.xml(simulated(request.members("ActionNames")));
      default -> new Answer(400, "text/xml", "");
    };
  }

  private String simulated(List<String> actions) {
    StringBuilder results = new StringBuilder();
    for (String action : actions) {
      results
          .append("<member><EvalActionName>")
          .append(action)
          .append("</EvalActionName><EvalDecision>")
          .append(denied.contains(action) ? "implicitDeny" : "allowed")
          .append("</EvalDecision></member>");
    }
    return "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult>"
        + "<IsTruncated>false</IsTruncated><EvaluationResults>"
        + results
        + "</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";
  }

  private AwsAccount account() {
    return account(aws.environment());
  }

  private AwsAccount account(Map<String, String> environment) {
    return new AwsAccount(
        CloudCredentials.of(folder, KnownClouds.AWS, environment), InstantSource.system());
  }

  private List<LayerPermissions> permissions(AwsAccount account, Project project) {
    return account.permissions(
        new PreparedProject(folder, "d", project, Topology.of(project), List.of()));
  }

  @Test
  void theAccountIsWhatTheCredentialsSay() {
    try (AwsAccount account = account()) {
      assertThat(account.identity().account()).isEqualTo("123456789012");
      assertThat(account.identity().region()).isEqualTo("eu-central-1");
    }
  }

  @Test
  void theFileOfTheProjectGoesBeforeTheEnvironment() throws IOException {
    Files.writeString(
        folder.resolve("config_credentials.json"),
        """
        {"aws": {"aws_access_key_id": "AKIDFILE", "aws_secret_access_key": "of the file",
                 "aws_region": "eu-west-1"}}
        """);
    try (AwsAccount account = account()) {
      assertThat(account.terraformEnvironment())
          .containsEntry("AWS_ACCESS_KEY_ID", "AKIDFILE")
          .containsEntry("AWS_SECRET_ACCESS_KEY", "of the file")
          .containsEntry("AWS_SESSION_TOKEN", "")
          .containsEntry("AWS_REGION", "eu-west-1");
    }
  }

  @Test
  void halfAKeyIsAnErrorThatNamesTheOtherHalf() throws IOException {
    Files.writeString(
        folder.resolve("config_credentials.json"),
        "{\"aws\": {\"aws_access_key_id\": \"AKIDFILE\"}}");
    try (AwsAccount account = account(Map.of("AWS_REGION", "eu-west-1"))) {
      assertThatThrownBy(account::terraformEnvironment)
          .isInstanceOfSatisfying(
              TwinloomException.class,
              e -> {
                assertThat(e.code()).isEqualTo("TL-CREDENTIALS-MISSING");
                assertThat(e.what()).contains("no aws_secret_access_key");
                assertThat(e.toString()).doesNotContain("AKIDFILE");
              });
    }
  }

  @Test
  void credentialsThatAreExpiredWrongOrDeniedAreToldApart() {
    assertThat(refusal("ExpiredToken")).isEqualTo("TL-CREDENTIALS-EXPIRED");
    assertThat(refusal("InvalidClientTokenId")).isEqualTo("TL-CREDENTIALS-WRONG");
    assertThat(refusal("SignatureDoesNotMatch")).isEqualTo("TL-CREDENTIALS-WRONG");
    assertThat(refusal("AccessDenied")).isEqualTo("TL-CREDENTIALS-DENIED");
  }

  private String refusal(String code) {
    aws.answer(
        request ->
            new Answer(
                403,
                "text/xml",
                "<ErrorResponse><Error><Code>"
                    + code
                    + "</Code><Message>no</Message></Error></ErrorResponse>"));
    try (AwsAccount account = account()) {
      account.identity();
      throw new AssertionError("it was accepted");
    } catch (TwinloomException e) {
      assertThat(e.fix()).isNotBlank();
      return e.code();
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsNoFaultOfTheCredentials() {
    aws.close();
    try (AwsAccount account = account()) {
      assertThatThrownBy(account::identity)
          .isInstanceOfSatisfying(
              TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CLOUD-UNREACHABLE"));
    }
  }

  @Test
  void whoMayDoAllLacksNothing() {
    try (AwsAccount account = account()) {
      assertThat(permissions(account, project()))
          .isNotEmpty()
          .allSatisfy(layer -> assertThat(layer.missing()).isEmpty());
    }
  }

  @Test
  void whatIsMissingIsNamedInEveryLayerThatNeedsIt() {
    denied = Set.of("iam:PutRolePolicy", "dynamodb:CreateTable");
    try (AwsAccount account = account()) {
      List<LayerPermissions> layers = permissions(account, project());
      assertThat(layer(layers, Layer.L1).missing()).containsExactly("iam:PutRolePolicy");
      assertThat(layer(layers, Layer.L3_HOT).missing())
          .containsExactly("dynamodb:CreateTable", "iam:PutRolePolicy");
    }
  }

  @Test
  void theRoleBehindASessionIsWhatIsJudged() {
    try (AwsAccount account = account()) {
      permissions(account, project());
    }
    assertThat(aws.asked)
        .filteredOn(r -> r.parameter("Action").equals("SimulatePrincipalPolicy"))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.parameter("PolicySourceArn")).isEqualTo(ROLE));
  }

  @Test
  void theRootOfAnAccountMayDoAllAndIsNotJudged() {
    principal = "arn:aws:iam::123456789012:root";
    denied = Set.of("lambda:CreateFunction");
    try (AwsAccount account = account()) {
      assertThat(permissions(account, project()))
          .allSatisfy(layer -> assertThat(layer.missing()).isEmpty());
    }
  }

  @Test
  void layersOnOtherCloudsNeedNothingHere() {
    Project elsewhere =
        ProjectBuilder.of("hall")
            .on(Layer.L1, KnownClouds.GOOGLE)
            .on(Layer.L3_COLD, KnownClouds.AZURE)
            .without(Layer.L4)
            .readFrom(folder.resolve("elsewhere"));
    try (AwsAccount account = account()) {
      assertThat(permissions(account, elsewhere).stream().map(LayerPermissions::layer))
          .containsExactly(Layer.L2, Layer.L3_HOT, Layer.L3_ARCHIVE);
    }
  }

  private Project project() {
    return ProjectBuilder.of("hall").readFrom(folder.resolve("hall"));
  }

  private static LayerPermissions layer(List<LayerPermissions> layers, Layer layer) {
    return layers.stream().filter(l -> l.layer() == layer).findFirst().orElseThrow();
  }
}
