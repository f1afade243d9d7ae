/**
 * The one place that decides what runs where: functions, stores, schedules, topics, connections and
 * permissions of a project, and what is exposed and why. Pure: no input or output, no clock, and no
 * knowledge of the target.
 */
@NullMarked
package io.twinloom.topology;

import org.jspecify.annotations.NullMarked;
