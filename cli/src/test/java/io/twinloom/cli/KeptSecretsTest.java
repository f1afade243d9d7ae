package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running twin's own user code does not see the twin's secrets, where mounts are permitted. */
class KeptSecretsTest {

  @TempDir Path folder;

  @Test
  @DisplayName("user code of a running twin reads its tokens and the clouds' credentials")
  void userCodeSeesNeitherTokensNorCredentials() throws Exception {
    assumeTrue(mountsArePermitted(), "the system does not permit mounts in a namespace");
    HallProject.write(
        folder,
        "PRODUCTION",
        "[{\"id\": \"s1\", \"properties\": [{\"name\": \"seen\", \"dataType\": \"STRING\"}]}]");
    Path project = folder.resolve("twin");
    Path code = Files.createDirectories(project.resolve("processors/s1"));
    Files.writeString(
        code.resolve("process.py"),
        """
        import os
        def process(event):
            event["seen"] = ",".join(p for p in event["paths"].split(",") if os.path.exists(p))
            return event
        """);
    Files.writeString(project.resolve("config_credentials.json"), "{\"gcp\": {}}");
    Files.writeString(project.resolve("notes.txt"), "public");
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--json");
    try {
      List<Path> secret =
          List.of(
              project.resolve("config_credentials.json"),
              twin.data().resolve("config_inter_cloud.json"),
              twin.data().resolve("endpoints.json"),
              twin.data().resolve("aws.db"));
      assertThat(secret).allSatisfy(path -> assertThat(path).exists());
      String paths =
          String.join(",", secret.stream().map(Path::toString).toList())
              + ","
              + project.resolve("notes.txt");
      JsonObject event =
          JsonObject.builder().put("paths", paths).put("ts", "2026-03-01T00:00:00Z").build();
      twin.run("send", "twin", "--device", "s1", Json.text(event));

      assertThat(twin.awaitItems("s1", "2026-03-01", "2026-03-02", 1).getFirst().text("seen"))
          .contains(project.resolve("notes.txt").toString());
    } finally {
      twin.destroy();
      twin.ended();
    }
  }

  private static boolean mountsArePermitted() throws IOException, InterruptedException {
    for (List<String> way :
        List.of(
            List.of("--mount"),
            List.of("--user", "--map-current-user", "--keep-caps", "--mount"))) {
      List<String> command = new java.util.ArrayList<>(List.of("unshare", "--pid", "--fork"));
      command.addAll(way);
      command.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/tmp"));
      Process process = new ProcessBuilder(command).start();
      if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return true;
      }
    }
    return false;
  }
}
