package io.twinloom.deployer.control;

import io.twinloom.json.JsonObject;

/**
 * An answer of the twin service of layer 4.
 *
 * @param operation TwinMaker's name of what was asked
 * @param response in TwinMaker's shape of that operation's response
 */
public record TwinRead(String operation, JsonObject response) {}
