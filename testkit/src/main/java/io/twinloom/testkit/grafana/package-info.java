/** A stand-in of Grafana. */
@NullMarked
package io.twinloom.testkit.grafana;

import org.jspecify.annotations.NullMarked;
