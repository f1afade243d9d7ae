/**
 * What a measurement on AWS costs in calls: the functions themselves, run in this process with
 * stand-ins that count.
 */
@NullMarked
package io.twinloom.bench.calls;

import org.jspecify.annotations.NullMarked;
