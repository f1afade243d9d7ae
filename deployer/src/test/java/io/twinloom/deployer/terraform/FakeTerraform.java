package io.twinloom.deployer.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** An executable that behaves as Terraform does where a test says how. */
final class FakeTerraform {

  private FakeTerraform() {}

  /** Makes a shell script of this name. */
  static Path make(Path folder, String name, String script) {
    try {
      Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that tells a version, and does what the script says for any other command. */
  static Terraform found(Path folder, String script) {
    make(folder, "terraform", versionAnd("1.9.0", script));
    return Terraform.find(path(folder), SomeParts.ALL);
  }

  static String versionAnd(String version, String script) {
    return "if [ \"$1\" = version ]; then echo '{\"terraform_version\": \""
        + version
        + "\"}'; exit 0; fi\n"
        + script;
  }

  /** An environment in which only this folder is searched first. */
  static Map<String, String> path(Path folder) {
    return Map.of("PATH", folder + ":/bin:/usr/bin", "KEPT", "yes");
  }
}
