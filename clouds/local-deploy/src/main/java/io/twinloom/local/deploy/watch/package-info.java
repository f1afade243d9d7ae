/**
 * Notices that the files of a project have changed, by looking at them again and again: services of
 * the system that report changes miss those on network and bind mounts, overflow, and are slow on
 * some systems. What a change means is not known here.
 */
@NullMarked
package io.twinloom.local.deploy.watch;

import org.jspecify.annotations.NullMarked;
