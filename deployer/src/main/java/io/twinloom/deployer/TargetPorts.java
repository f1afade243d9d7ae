package io.twinloom.deployer;

import java.util.function.Supplier;

/**
 * What differs between targets that a deployed twin needs of its own.
 *
 * @param state what the target knows of the twin just now
 * @param connections where connections and tokens are written down
 * @param tokens has the functions use other tokens
 * @param verification opens what one verification needs
 */
public record TargetPorts(
    Supplier<TargetState> state,
    ConnectionStore connections,
    TokenSwitch tokens,
    Supplier<? extends VerificationTarget> verification) {}
