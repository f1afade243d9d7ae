package io.twinloom.deployer.terraform;

import java.nio.file.Path;

/**
 * A file of the twin's scene.
 *
 * @param path below {@code scene_assets/{cloud}/}, with forward slashes
 * @param file where it lies
 * @param sha256 of its bytes, in hexadecimal
 */
public record SceneFile(String path, Path file, String sha256) {}
