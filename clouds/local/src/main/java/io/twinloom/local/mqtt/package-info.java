/**
 * A local cloud's device channel: the twin's topics, the intake of telemetry, and sessions in the
 * cloud's database. The MQTT server itself is {@code io.twinloom.mqtt}, which knows no twin.
 */
@NullMarked
package io.twinloom.local.mqtt;

import org.jspecify.annotations.NullMarked;
