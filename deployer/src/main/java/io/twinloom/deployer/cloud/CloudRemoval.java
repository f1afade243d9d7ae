package io.twinloom.deployer.cloud;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Set;

/**
 * Removes a twin from its clouds: everything but what holds data and is not to go. What stays is
 * still in Terraform's state, so that deploying again takes it into use, and removing again can
 * take it away.
 */
final class CloudRemoval {

  private final CloudDataFolder folder;
  private final TargetWiring wiring;
  private final Journal journal;
  private final CloudChange change;

  CloudRemoval(CloudDataFolder folder, TargetWiring wiring, Journal journal, CloudChange change) {
    this.folder = folder;
    this.wiring = wiring;
    this.journal = journal;
    this.change = change;
  }

  CloudTarget.Removed remove(DataRemoval removal, Accounts accounts, Progress progress) {
    accounts.identify(change.ledger(), progress);
    String digest = journal.last().map(Journal.Entry::project).orElse("");
    TerraformWork work =
        wiring
            .provisioner()
            .reopen(accounts.order(folder.terraform(), change.tokens().all()), progress);
    List<StoredData> stored = work.stored();
    new NamedStores(stored, folder).check(removal.stores());
    List<StoredData> kept = stored.stream().filter(data -> !removal.covers(data)).toList();
    PlannedChanges changes =
        work.planDestroy(kept).losing(stored.stream().filter(removal::covers).toList());
    boolean hasSteps = change.ledger().clouds().stream().anyMatch(this::hasSteps);
    if (changes.isEmpty() && !hasSteps && !kept.isEmpty()) {
      journal.enter(State.KEPT, digest);
      return new CloudTarget.Removed(false, kept);
    }
    if (!kept.isEmpty()) {
      progress.step(
          "What holds data stays: " + kept.stream().map(StoredData::id).collect(joining(", ")));
    }
    if (!changes.isEmpty() && !wiring.confirmation().of(changes)) {
      throw new TwinloomException(
          DeployerError.CLOUD_DECLINED,
          "Nothing was removed.",
          folder.path().toString(),
          "Run it again, and agree, when the twin is to go.");
    }
    journal.enter(State.ENDING, digest);
    change.steps().undoAll(accounts, progress);
    if (!changes.lost().isEmpty() && work.unprotect(changes.lost())) {
      work.planDestroy(kept);
    }
    if (!changes.isEmpty() || kept.isEmpty()) {
      work.apply();
    }
    checkRest(work, kept);
    folder.connections().forget(CloudPlan.connections(folder.plan().read()));
    if (kept.isEmpty()) {
      folder.clear();
      journal.enter(State.ENDED, digest);
    } else {
      folder.clearDevices();
      journal.enter(State.KEPT, digest);
    }
    return new CloudTarget.Removed(true, kept);
  }

  private boolean hasSteps(Provider cloud) {
    return !change.ledger().steps(cloud).isEmpty();
  }

  private static Set<String> addresses(List<StoredData> data) {
    return data.stream().map(StoredData::address).collect(toSet());
  }

  private void checkRest(TerraformWork work, List<StoredData> kept) {
    List<StoredData> still = work.stored();
    int left = work.managed();
    boolean done = kept.isEmpty() ? left == 0 : addresses(still).equals(addresses(kept));
    if (!done) {
      throw new TwinloomException(
          DeployerError.CLOUD_LEFT,
          left + " things are still there after all was removed.",
          folder.terraform().toString(),
          "Run destroy again; what it cannot remove, it names.");
    }
  }
}
