/** A local cloud's device channel: MQTT 3.1.1 and 5, with durable sessions for commands. */
@NullMarked
package io.twinloom.local.mqtt;

import org.jspecify.annotations.NullMarked;
