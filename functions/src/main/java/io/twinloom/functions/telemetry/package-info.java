/** What a device says: the message as its channel passes it on, and its normal form. */
@NullMarked
package io.twinloom.functions.telemetry;

import org.jspecify.annotations.NullMarked;
