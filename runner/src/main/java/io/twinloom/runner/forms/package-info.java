/**
 * The forms that user code takes on each cloud, one file a cloud: its runtimes, its entry modules,
 * its limits. What is the same on every cloud is in the packages above and beside; making archives
 * of it is not here.
 */
@NullMarked
package io.twinloom.runner.forms;

import org.jspecify.annotations.NullMarked;
