/** How a twin is used: devices, messages, dashboards. Each number has an origin. */
@NullMarked
package io.twinloom.cost.usage;

import org.jspecify.annotations.NullMarked;
