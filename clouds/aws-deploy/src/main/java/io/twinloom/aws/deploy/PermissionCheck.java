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
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Which permissions a principal lacks: IAM itself evaluates its policies, and nothing is tried out.
 * It evaluates them for resources as the twin's are called, so that a policy that is limited to
 * these is enough.
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

  /** Who is handed a role; a policy may be limited to that. */
  private static final ContextEntry PASSED_TO =
      ContextEntry.builder()
          .contextKeyName("iam:PassedToService")
          .contextKeyType(ContextKeyTypeEnum.STRING)
          .contextKeyValues("lambda.amazonaws.com")
          .build();

  private static final Pattern ROOT = Pattern.compile("arn:[^:]+:iam::\\d+:root");

  private final AwsDeployClients clients;

  PermissionCheck(AwsDeployClients clients) {
    this.clients = clients;
  }

  /**
   * By layer, what is needed and what of it is missing.
   *
   * @param arns how the twin's things are called
   * @throws TwinloomException if the credentials may not even ask
   */
  List<LayerPermissions> of(Map<Layer, List<String>> needed, Identity identity, TwinArns arns) {
    Set<String> all = new TreeSet<>();
    needed.values().forEach(all::addAll);
    Set<String> missing =
        ROOT.matcher(identity.principal()).matches()
            ? Set.of()
            : missing(all, policySource(identity.principal()), arns);
    List<LayerPermissions> layers = new ArrayList<>();
    needed.forEach(
        (layer, actions) ->
            layers.add(
                new LayerPermissions(
                    layer, actions, actions.stream().filter(missing::contains).toList())));
    return layers;
  }

  private Set<String> missing(Set<String> actions, String source, TwinArns arns) {
    Set<String> missing = new TreeSet<>();
    DeployerPolicy.byScope(actions)
        .forEach(
            (scope, some) -> {
              for (List<String> thing : arns.samples(scope)) {
                missing.addAll(missing(List.copyOf(some), source, thing));
              }
            });
    return missing;
  }

  /**
   * @param names of a thing; an action is allowed where it is for one of them: some are about a
   *     bucket, some about what is in it
   */
  private Set<String> missing(List<String> actions, String source, List<String> names) {
    Set<String> missing = new TreeSet<>(actions);
    for (String name : names) {
      if (!missing.isEmpty()) {
        missing.retainAll(denied(List.copyOf(missing), source, name));
      }
    }
    return missing;
  }

  private Set<String> denied(List<String> actions, String source, String name) {
    Set<String> denied = new TreeSet<>();
    for (int i = 0; i < actions.size(); i += BATCH) {
      List<String> some = actions.subList(i, Math.min(actions.size(), i + BATCH));
      try {
        clients
            .iam
            .get()
            .simulatePrincipalPolicyPaginator(
                r ->
                    r.policySourceArn(source)
                        .actionNames(some)
                        .resourceArns(name)
                        .contextEntries(PASSED_TO))
            .evaluationResults()
            .stream()
            .filter(result -> result.evalDecision() != PolicyEvaluationDecisionType.ALLOWED)
            .forEach(result -> denied.add(result.evalActionName()));
      } catch (SdkException e) {
        throw unasked(source, e);
      }
    }
    return denied;
  }

  private static TwinloomException unasked(String source, SdkException e) {
    TwinloomException failure = AwsFailures.of("The permissions cannot be checked", source, e);
    return failure.error() != DeployerError.CREDENTIALS_DENIED
        ? failure
        : new TwinloomException(
            failure.error(),
            "The credentials may not ask what they may.",
            source,
            "Allow them iam:SimulatePrincipalPolicy and iam:GetRole, or compare their policies with"
                + " what 'check-credentials --policy' prints.",
            false,
            e);
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
