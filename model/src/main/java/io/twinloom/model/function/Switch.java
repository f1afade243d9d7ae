package io.twinloom.model.function;

import io.twinloom.model.FunctionKind;

/**
 * A setting that says whether the twin has another function.
 *
 * @param variable the environment variable, {@code true} or {@code false}
 * @param function which function
 */
public record Switch(String variable, FunctionKind function) {}
