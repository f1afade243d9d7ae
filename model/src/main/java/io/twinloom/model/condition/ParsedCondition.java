package io.twinloom.model.condition;

import io.twinloom.model.Condition;

/**
 * A condition that can fire.
 *
 * @param device the one device that all of its paths belong to
 */
public record ParsedCondition(Condition condition, String device) {}
