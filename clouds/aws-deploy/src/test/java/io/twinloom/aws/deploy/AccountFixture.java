package io.twinloom.aws.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An account at an AWS that says who is asking, and of each action whether it is allowed. */
abstract class AccountFixture {
  static final String ROLE = "arn:aws:iam::123456789012:role/teams/deployer";

  @TempDir Path folder;

  FakeAws aws;
  String principal;

  AccountFixture(String principal) {
    this.principal = principal;
  }

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(this::answer);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  /** Whether the simulation that is asked for allows this action of it. */
  abstract boolean allows(FakeAws.Request simulation, String action);

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
      case "SimulatePrincipalPolicy" -> Answer.xml(simulated(request));
      default -> new Answer(400, "text/xml", "");
    };
  }

  private String simulated(FakeAws.Request request) {
    StringBuilder results = new StringBuilder();
    for (String action : request.members("ActionNames")) {
      results
          .append("<member><EvalActionName>")
          .append(action)
          .append("</EvalActionName><EvalDecision>")
          .append(allows(request, action) ? "allowed" : "implicitDeny")
          .append("</EvalDecision></member>");
    }
    return "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult>"
        + "<IsTruncated>false</IsTruncated><EvaluationResults>"
        + results
        + "</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";
  }

  AwsAccount account() {
    return account(aws.environment());
  }

  AwsAccount account(Map<String, String> environment) {
    return new AwsAccount(
        CloudCredentials.of(folder, KnownClouds.AWS, environment), InstantSource.system());
  }

  PreparedProject prepared(Project project) {
    return new PreparedProject(folder, "d", project, Topology.of(project), List.of());
  }
}
