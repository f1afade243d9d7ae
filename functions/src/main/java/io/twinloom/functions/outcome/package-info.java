/**
 * How a function has ended for one event, as a value: what its host does next with the event
 * follows from it alone. Not the functions themselves, and not what a host does.
 */
@NullMarked
package io.twinloom.functions.outcome;

import org.jspecify.annotations.NullMarked;
