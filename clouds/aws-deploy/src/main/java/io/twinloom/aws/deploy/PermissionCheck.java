package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.deployer.cloud.CloudAccount.LayerPermissions;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Which permissions a principal lacks: IAM itself judges its policies, and nothing is tried out. It
 * judges for any thing whatever: a policy that is limited to things of certain names looks like one
 * that lacks the permission.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">
 *     SimulatePrincipalPolicy</a>
 */
final class PermissionCheck {

  private static final int BATCH = 100;

  /** Temporary credentials of a role: the role is what has policies. */
  private static final Pattern ASSUMED =
      Pattern.compile("arn:([^:]+):sts::(\\d+):assumed-role/([^/]+)/.*");

  private static final Pattern ROOT = Pattern.compile("arn:[^:]+:iam::\\d+:root");

  private final AwsDeployClients clients;

  PermissionCheck(AwsDeployClients clients) {
    this.clients = clients;
  }

  /**
   * By layer, what is needed and what of it is missing.
   *
   * @throws TwinloomException if the credentials may not even ask
   */
  List<LayerPermissions> of(Map<Layer, List<String>> needed, Identity identity) {
    Set<String> all = new TreeSet<>();
    needed.values().forEach(all::addAll);
    Set<String> missing =
        ROOT.matcher(identity.principal()).matches()
            ? Set.of()
            : missing(List.copyOf(all), policySource(identity.principal()));
    List<LayerPermissions> layers = new ArrayList<>();
    needed.forEach(
        (layer, actions) ->
            layers.add(
                new LayerPermissions(
                    layer, actions, actions.stream().filter(missing::contains).toList())));
    return layers;
  }

  private Set<String> missing(List<String> actions, String source) {
    Set<String> missing = new TreeSet<>();
    for (int i = 0; i < actions.size(); i += BATCH) {
      List<String> some = actions.subList(i, Math.min(actions.size(), i + BATCH));
      try {
        clients
            .iam
            .get()
            .simulatePrincipalPolicyPaginator(r -> r.policySourceArn(source).actionNames(some))
            .evaluationResults()
            .stream()
            .filter(result -> result.evalDecision() != PolicyEvaluationDecisionType.ALLOWED)
            .forEach(result -> missing.add(result.evalActionName()));
      } catch (SdkException e) {
        TwinloomException failure = AwsFailures.of("The permissions cannot be checked", source, e);
        if (failure.error() != DeployerError.CREDENTIALS_DENIED) {
          throw failure;
        }
        throw new TwinloomException(
            failure.error(),
            "The credentials may not ask what they may.",
            source,
            "Allow them iam:SimulatePrincipalPolicy and iam:GetRole, or compare their policies with"
                + " docs/deploying-to-aws.md.",
            false,
            e);
      }
    }
    return missing;
  }

  /** A role's ARN has its path, which that of its session has not. */
  private String policySource(String principal) {
    Matcher assumed = ASSUMED.matcher(principal);
    if (!assumed.matches()) {
      return principal;
    }
    String role = assumed.group(3);
    try {
      return clients.iam.get().getRole(r -> r.roleName(role)).role().arn();
    } catch (SdkException e) {
      return "arn:" + assumed.group(1) + ":iam::" + assumed.group(2) + ":role/" + role;
    }
  }
}
