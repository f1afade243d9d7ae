/**
 * The language of event conditions: parsing, printing, and what a path means in a hierarchy.
 * Conditions are not evaluated here.
 */
@NullMarked
package io.twinloom.model.condition;

import org.jspecify.annotations.NullMarked;
