/**
 * What shows a twin in Grafana: dashboards, data sources and provisioning files, made from a
 * project, and the way they get into a Grafana that is run by a cloud.
 */
@NullMarked
package io.twinloom.deployer.grafana;

import org.jspecify.annotations.NullMarked;
