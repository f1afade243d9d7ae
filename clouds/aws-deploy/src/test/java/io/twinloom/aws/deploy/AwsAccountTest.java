package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.cloud.CloudAccount.LayerPermissions;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who the credentials are, what they may do, and what is said where they are refused. */
class AwsAccountTest extends AccountFixture {

  private Set<String> denied = Set.of();

  AwsAccountTest() {
    super("arn:aws:sts::123456789012:assumed-role/deployer/session");
  }

  @Override
  boolean allows(FakeAws.Request simulation, String action) {
    return !denied.contains(action);
  }

  private List<LayerPermissions> permissions(AwsAccount account, Project project) {
    return account.permissions(prepared(project));
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
  void credentialsThatAreExpiredWrongOrDeniedAreDistinguished() {
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
    denied = Set.of("iam:PutRolePolicy", "scheduler:CreateSchedule");
    try (AwsAccount account = account()) {
      List<LayerPermissions> layers = permissions(account, project());
      assertThat(layer(layers, Layer.L1).missing()).containsExactly("iam:PutRolePolicy");
      assertThat(layer(layers, Layer.L3_HOT).missing())
          .containsExactly("iam:PutRolePolicy", "scheduler:CreateSchedule");
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
