/**
 * What a function reads at its start: its environment, read once, and the twin's description in
 * {@code DIGITAL_TWIN_INFO}. What is missing or contradictory stops the start here, with its name.
 */
@NullMarked
package io.twinloom.functions.settings;

import org.jspecify.annotations.NullMarked;
