/**
 * What all readers of measurements share: the query of a range, its pages, and the form in which
 * twin services ask and are answered. Not the readers themselves, nor how a tier stores its items.
 */
@NullMarked
package io.twinloom.functions.reading;

import org.jspecify.annotations.NullMarked;
