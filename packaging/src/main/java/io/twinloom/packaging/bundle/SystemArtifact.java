package io.twinloom.packaging.bundle;

/**
 * How a cloud runs the one artifact of all system functions there; each cloud that can be deployed
 * to says it.
 *
 * @param runtime the cloud's name of the language and its version
 * @param handler what the cloud calls
 */
public record SystemArtifact(String runtime, String handler) {}
