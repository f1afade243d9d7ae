package io.twinloom.topology;

import io.twinloom.model.Provider;

/**
 * What identifies a function: while a twin changes, two clouds may have one of the same name.
 *
 * @param name as other functions of its cloud call it by
 */
public record FunctionId(Provider cloud, String name) {}
