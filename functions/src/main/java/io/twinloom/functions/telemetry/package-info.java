/** What a device says: the message as its channel hands it over, and its normal form. */
@NullMarked
package io.twinloom.functions.telemetry;

import org.jspecify.annotations.NullMarked;
