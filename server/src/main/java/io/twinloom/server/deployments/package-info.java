/** Deployments of projects: begun, watched and cancelled over the interface. */
@NullMarked
package io.twinloom.server.deployments;

import org.jspecify.annotations.NullMarked;
