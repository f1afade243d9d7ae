/**
 * Flat rows for Grafana's Infinity data source: what a table, a series or a node graph shows,
 * without nesting.
 */
@NullMarked
package io.twinloom.server.grafana;

import org.jspecify.annotations.NullMarked;
