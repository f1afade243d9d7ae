package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Progress;

/**
 * What a deployment works with.
 *
 * @param accounts of all clouds that the twin has, had or gets anything on
 */
record DeploymentContext(
    CloudDataFolder folder,
    TargetWiring wiring,
    Journal journal,
    CloudChange change,
    Accounts accounts,
    Progress progress) {}
