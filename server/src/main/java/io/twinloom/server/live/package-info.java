/**
 * What is seen of a twin that runs: conservation, rates, values with their ages, devices, tiers,
 * rules, traces. Each is made as JSON in one place, for its route and for live events.
 */
@NullMarked
package io.twinloom.server.live;

import org.jspecify.annotations.NullMarked;
