/** Deployments that are started through the interface, and what they say while they run. */
@NullMarked
package io.twinloom.server.deploy;

import org.jspecify.annotations.NullMarked;
