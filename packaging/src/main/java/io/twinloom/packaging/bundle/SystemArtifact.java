package io.twinloom.packaging.bundle;

/**
 * What a cloud is told of the one artifact that runs all system functions there; each cloud that
 * can be deployed to says it.
 *
 * @param runtime the cloud's name of the language and its version
 * @param handler what the cloud is told to call
 */
public record SystemArtifact(String runtime, String handler) {}
