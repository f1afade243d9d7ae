package io.twinloom.aws.deploy;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.Progress;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.grafana.GrafanaClient;
import software.amazon.awssdk.services.grafana.model.ResourceNotFoundException;
import software.amazon.awssdk.services.grafana.model.Role;
import software.amazon.awssdk.services.grafana.model.ServiceAccountSummary;
import software.amazon.awssdk.services.grafana.model.ServiceAccountTokenSummaryWithKey;
import software.amazon.awssdk.services.grafana.model.WorkspaceDescription;
import software.amazon.awssdk.services.grafana.model.WorkspaceStatus;

/**
 * A workspace of Amazon Managed Grafana: its version, and the service account by which Grafana's
 * own API is used. There is one account for all deployments, since each that was used in a month is
 * paid for as a user; its tokens last for one deployment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/grafana/latest/APIReference/API_CreateWorkspaceServiceAccountToken.html">
 *     CreateWorkspaceServiceAccountToken</a>
 */
final class GrafanaWorkspace {

  static final String ACCOUNT = "twinloom";

  /** The data source Infinity asks for 11.6, and Managed Grafana goes from 10 to 12. */
  static final String OLDEST_VERSION = "11.6";

  /** For a token that could not be removed. */
  private static final int SECONDS_TO_LIVE = 900;

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int STEPS = 240;

  private final Supplier<GrafanaClient> grafana;
  private final String id;
  private final InstantSource clock;
  private final Pause pause;

  GrafanaWorkspace(Supplier<GrafanaClient> grafana, String id, InstantSource clock, Pause pause) {
    this.grafana = grafana;
    this.id = id;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Updates a workspace that is too old for what is shown in it; there is no way back from that.
   */
  void updateWhereTooOld(Progress progress) {
    doing(
        "The dashboards' workspace cannot be updated",
        () -> {
          String version = workspace().grafanaVersion();
          if (ORDER.compare(version, OLDEST_VERSION) >= 0) {
            return;
          }
          String newest =
              grafana.get().listVersionsPaginator(r -> r.workspaceId(id)).stream()
                  .flatMap(page -> page.grafanaVersions().stream())
                  .max(ORDER)
                  .filter(v -> ORDER.compare(v, OLDEST_VERSION) >= 0)
                  .orElseThrow(() -> tooOld(version));
          progress.step("updating Grafana from version " + version + " to " + newest);
          String configuration =
              grafana.get().describeWorkspaceConfiguration(r -> r.workspaceId(id)).configuration();
          grafana
              .get()
              .updateWorkspaceConfiguration(
                  r -> r.workspaceId(id).configuration(configuration).grafanaVersion(newest));
          await(newest);
        });
  }

  private TwinloomException tooOld(String version) {
    return new TwinloomException(
        AwsDeployError.VIEW_VERSION,
        "The workspace has Grafana "
            + version
            + ", and AWS offers none for it from "
            + OLDEST_VERSION
            + " on.",
        "workspace " + id,
        AwsDeployError.VIEW_VERSION.fix());
  }

  private void await(String version) {
    for (int step = 0; step < STEPS; step++) {
      WorkspaceDescription now = workspace();
      if (now.status() == WorkspaceStatus.ACTIVE && now.grafanaVersion().equals(version)) {
        return;
      }
      if (now.status() == WorkspaceStatus.VERSION_UPDATE_FAILED) {
        break;
      }
      pause.of(STEP);
    }
    throw new TwinloomException(
        AwsDeployError.VIEW_VERSION,
        "The workspace was not updated to Grafana " + version + ".",
        "workspace " + id,
        AwsDeployError.VIEW_VERSION.fix());
  }

  private WorkspaceDescription workspace() {
    return grafana.get().describeWorkspace(r -> r.workspaceId(id)).workspace();
  }

  /** Does something with a token of an admin, which is removed at once. */
  void withToken(Consumer<String> work) {
    doing(
        "Grafana's service account cannot be used",
        () -> {
          String account = account().orElseGet(this::newAccount);
          ServiceAccountTokenSummaryWithKey token =
              grafana
                  .get()
                  .createWorkspaceServiceAccountToken(
                      r ->
                          r.workspaceId(id)
                              .serviceAccountId(account)
                              .name(ACCOUNT + "-" + clock.millis())
                              .secondsToLive(SECONDS_TO_LIVE))
                  .serviceAccountToken();
          try {
            work.accept(token.key());
          } finally {
            remove(token.id(), account);
          }
        });
  }

  private void remove(String token, String account) {
    try {
      grafana
          .get()
          .deleteWorkspaceServiceAccountToken(
              r -> r.workspaceId(id).serviceAccountId(account).tokenId(token));
    } catch (SdkException e) {
      // It ends by itself, and what was done with it is done.
      return;
    }
  }

  /** Removes the service account with its tokens, where it and the workspace are there. */
  void removeAccount() {
    doing(
        "Grafana's service account cannot be removed",
        () -> {
          try {
            account()
                .ifPresent(
                    account ->
                        grafana
                            .get()
                            .deleteWorkspaceServiceAccount(
                                r -> r.workspaceId(id).serviceAccountId(account)));
          } catch (ResourceNotFoundException e) {
            // The workspace is gone, and all in it.
            return;
          }
        });
  }

  private Optional<String> account() {
    return grafana.get().listWorkspaceServiceAccountsPaginator(r -> r.workspaceId(id)).stream()
        .flatMap(page -> page.serviceAccounts().stream())
        .filter(account -> account.name().equals(ACCOUNT))
        .map(ServiceAccountSummary::id)
        .findFirst();
  }

  private String newAccount() {
    return grafana
        .get()
        .createWorkspaceServiceAccount(r -> r.workspaceId(id).name(ACCOUNT).grafanaRole(Role.ADMIN))
        .id();
  }

  /** Versions such as {@code 9.4} and {@code 12.1}. */
  static final Comparator<String> ORDER = (a, b) -> Arrays.compare(numbers(a), numbers(b));

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[^0-9]+", -1))
        .filter(part -> !part.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private void doing(String what, Runnable work) {
    try {
      work.run();
    } catch (SdkException e) {
      throw AwsFailures.of(what, "workspace " + id, e);
    }
  }
}
