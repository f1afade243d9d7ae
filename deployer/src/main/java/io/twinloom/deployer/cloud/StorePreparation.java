package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.change.StoreTrial;
import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.TwinloomException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What is done once the functions of the store are there that a tier moves to, and before anything
 * reads or writes it: one that was kept from an earlier move is made like the one in use, then the
 * receivers are tried with a marked item.
 */
final class StorePreparation {

  private static final PhaseOutcome DONE = new PhaseOutcome.Done();

  private final Layer tier;
  private final String change;
  private final Optional<Leg> joining;
  private final Optional<KeptStore> kept;
  private final StoreTrial trial;

  /**
   * @param clouds those that carry anything of the twin
   * @param project in the layout of the phase
   * @param connections as they were made with it
   * @param random of what is sent
   */
  StorePreparation(
      Map<Provider, AccountOperations> clouds,
      Change change,
      PreparedProject project,
      Connections connections,
      RandomGenerator random) {
    Phase phase = change.phase();
    TriedAccounts accounts = new TriedAccounts(clouds, random);
    this.tier = phase.layer();
    this.change = change.id();
    this.joining = joining(phase);
    this.kept =
        joining
            .filter(leg -> leg.use() == Use.UNREAD)
            .map(leg -> keptStore(accounts, leg.cloud(), phase));
    this.trial = new StoreTrial(accounts, project, connections);
  }

  /** The store that the tier moves to. */
  private static Optional<Leg> joining(Phase phase) {
    if (phase.kind() != Phase.Kind.EXPAND || !phase.layer().isTier()) {
      return Optional.empty();
    }
    return phase.layout().legs().of(phase.layer()).others().stream()
        .filter(leg -> !leg.fenced() && leg.isActive() && !leg.use().isRead())
        .findFirst();
  }

  private static KeptStore keptStore(TriedAccounts accounts, Provider cloud, Phase phase) {
    Provider current = phase.layout().placement().of(phase.layer()).orElseThrow();
    return new KeptStore(
        accounts.contents(cloud, phase.layer()), accounts.contents(current, phase.layer()));
  }

  /** Does it, or some of it. */
  PhaseOutcome go() {
    if (kept.isPresent() && kept.get().step()) {
      return new PhaseOutcome.Further(
          kept.get().standing(), ChangeProgress.ofItems(kept.get().compared()));
    }
    try {
      joining.ifPresent(
          leg -> {
            var unused = trial.run(tier, leg.cloud(), change);
          });
      return DONE;
    } catch (TwinloomException e) {
      return new PhaseOutcome.Waiting(
          "the new store does not take a marked item over each of its connections: " + e.what());
    }
  }
}
