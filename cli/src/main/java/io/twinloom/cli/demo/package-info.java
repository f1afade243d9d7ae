/**
 * The demonstration: a greenhouse whose devices measure what such devices would, and the view of
 * its twin in a terminal. The twin itself is the ordinary one, run as {@code up} runs it.
 */
@NullMarked
package io.twinloom.cli.demo;

import org.jspecify.annotations.NullMarked;
