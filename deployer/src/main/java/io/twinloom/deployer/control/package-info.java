/**
 * What can be asked of a deployed twin, and the answers as records. It holds JSON only as what is
 * JSON by its nature (items, events, lines of the log, TwinMaker's shapes), and answers nothing
 * itself: {@link io.twinloom.deployer.DeployedTwin} does. The answers' JSON is in {@code codec}.
 */
@NullMarked
package io.twinloom.deployer.control;

import org.jspecify.annotations.NullMarked;
