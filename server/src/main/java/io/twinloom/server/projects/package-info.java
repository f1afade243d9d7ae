/**
 * The projects that a server has: what they are, their files and versions, and their deployments.
 */
@NullMarked
package io.twinloom.server.projects;

import org.jspecify.annotations.NullMarked;
