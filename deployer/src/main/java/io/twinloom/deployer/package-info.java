/**
 * What is the same for every target a twin is deployed to: the {@link io.twinloom.deployer.Target
 * port} that a target answers, the {@link io.twinloom.deployer.DeployedTwin twin} that is deployed
 * there, connections and their tokens, the journal. It does not know which targets and clouds there
 * are: that is wired where the command is.
 */
@NullMarked
package io.twinloom.deployer;

import org.jspecify.annotations.NullMarked;
