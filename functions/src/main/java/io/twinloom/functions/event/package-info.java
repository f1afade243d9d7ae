/**
 * What happens because of a measurement: rules are evaluated, actions and workflows started,
 * commands sent to devices. How a condition is written and parsed is not here, but in {@link
 * io.twinloom.model.condition}.
 */
@NullMarked
package io.twinloom.functions.event;

import org.jspecify.annotations.NullMarked;
