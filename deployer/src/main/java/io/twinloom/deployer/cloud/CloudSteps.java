package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is made beside Terraform, after its apply, and undone before anything that it was made in
 * goes. Each step is in the deployment ledger before it begins and until it is undone, so that one
 * that was cut off is undone too.
 */
final class CloudSteps {

  private final CloudDataFolder folder;
  private final DeploymentLedger ledger;

  CloudSteps(CloudDataFolder folder, DeploymentLedger ledger) {
    this.folder = folder;
    this.ledger = ledger;
  }

  void make(PreparedProject project, Accounts accounts, Progress progress) {
    make(project, accounts, step -> true, progress);
  }

  /** Makes again what holds tokens, once others are sent. */
  void renewTokens(PreparedProject project, Accounts accounts, Progress progress) {
    make(project, accounts, CloudStep::holdsTokens, progress);
  }

  private void make(
      PreparedProject project, Accounts accounts, Predicate<CloudStep> chosen, Progress progress) {
    JsonObject outputs = folder.outputs().read();
    Connections connections = folder.connections().read();
    accounts
        .all()
        .forEach(
            (cloud, account) -> {
              Deployment deployment = new Deployment(project, of(cloud, outputs), connections);
              for (CloudStep step : account.steps(deployment)) {
                if (chosen.test(step)) {
                  ledger.begin(cloud, step.id());
                  step.make(progress);
                }
              }
            });
  }

  /** Undoes those that the project does not have any more. */
  void undoThoseOver(PreparedProject project, Accounts accounts, Progress progress) {
    JsonObject outputs = folder.outputs().read();
    for (Provider cloud : ledger.clouds()) {
      List<String> wanted =
          accounts.all().containsKey(cloud)
              ? accounts.of(cloud).steps(new Deployment(project, of(cloud, outputs))).stream()
                  .map(CloudStep::id)
                  .toList()
              : List.of();
      undo(cloud, wanted, accounts, progress);
    }
  }

  void undoAll(Accounts accounts, Progress progress) {
    for (Provider cloud : ledger.clouds()) {
      undo(cloud, List.of(), accounts, progress);
    }
  }

  /** Undoes the steps of a cloud, but for those that are kept, the last one first. */
  private void undo(Provider cloud, List<String> kept, Accounts accounts, Progress progress) {
    JsonObject outputs = of(cloud, folder.outputs().read());
    for (String step : ledger.steps(cloud).reversed()) {
      if (!kept.contains(step)) {
        accounts.of(cloud).undo(step, outputs, progress);
        ledger.undone(cloud, step);
      }
    }
  }

  private static JsonObject of(Provider cloud, JsonObject outputs) {
    return outputs.object(cloud.id()).orElse(JsonObject.EMPTY);
  }
}
