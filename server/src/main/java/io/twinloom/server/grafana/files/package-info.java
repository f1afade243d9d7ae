/** Dashboards and provisioning files for Grafana, made from a project. */
@NullMarked
package io.twinloom.server.grafana.files;

import org.jspecify.annotations.NullMarked;
