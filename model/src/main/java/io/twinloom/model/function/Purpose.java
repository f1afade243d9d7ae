package io.twinloom.model.function;

import java.util.Optional;

/**
 * What a function is for, in one sentence without a full stop. {@code {L1}} to {@code {L4}} stand
 * for the clouds of the layers, {@code {hot days}} and {@code {hot and cold days}} for how long
 * items stay in these tiers.
 *
 * @param text what it does
 * @param remote what it does instead where its first receiver is on another cloud
 */
public record Purpose(String text, Optional<String> remote) {}
