package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What user code must not see, where the system permits to keep it from it. */
class SecretsTest extends UserCodeFixture {

  private static final String READ =
      """
      import os, subprocess
      def read(path):
          try:
              with open(path) as f:
                  return f.read()
          except OSError:
              return ""
      def process(event):
          path = event["path"]
          tries = [read(path), read("/proc/1/root" + path), read("/proc/self/root" + path)]
          for command in (["umount", event["folder"]], ["umount", "-l", event["folder"]]):
              subprocess.run(command, stderr=subprocess.DEVNULL)
              tries.append(read(path))
          inside = "umount -l '%s'; cat '%s'" % (event["folder"], path)
          for mounts in (["unshare", "-r", "-m"], ["unshare", "-m"], ["nsenter", "-t", "1", "-m"]):
              done = subprocess.run(mounts + ["sh", "-c", inside], capture_output=True, text=True)
              tries.append(done.stdout)
          event["seen"] = "".join(tries)
          return event
      """;

  private Path data;

  @BeforeEach
  void keepSecrets() throws IOException {
    data = Files.createDirectories(folder.resolve("it's data"));
    Files.writeString(data.resolve("tokens.json"), "secret");
    Files.writeString(folder.resolve("public.json"), "public");
    project.secrets = List.of(SecretFolder.whole(data));
    assumeTrue(project.hidesSecrets(), "the system does not permit mounts");
  }

  private String seen(String function, Path file) {
    JsonObject event =
        JsonObject.builder().put("path", file.toString()).put("folder", data.toString()).build();
    JsonObject result = project.call(function, Json.text(event));
    return ((JsonString) result.get("seen")).value();
  }

  @Test
  @DisplayName("user code reads the tokens of the twin")
  void pythonSeesNoFileOfASecretFolderWhateverItTries() throws IOException {
    project.python("reads", READ);

    assertThat(seen("reads", folder.resolve("public.json"))).startsWith("public");
    assertThat(seen("reads", data.resolve("tokens.json"))).isEmpty();
    replace(data.resolve("tokens.json"));
    assertThat(seen("reads", data.resolve("tokens.json"))).isEmpty();
    assertThat(data.resolve("tokens.json")).hasContent("secret anew");
  }

  @Test
  void javaSeesNoneEither() {
    project.java(
        "reads",
        """
        java.nio.file.Path path = java.nio.file.Path.of((String) event.get("path"));
        event.put("seen", java.nio.file.Files.exists(path) ? "yes" : "");
        return event;
        """);

    assertThat(seen("reads", folder.resolve("public.json"))).isEqualTo("yes");
    assertThat(seen("reads", data.resolve("tokens.json"))).isEmpty();
  }

  @Test
  void whereItsCodeAndItsOwnFilesAreInASecretFolderItStillHasThem() {
    project.close();
    project = new UserCodeProject(data);
    project.secrets = List.of(SecretFolder.whole(data));
    project.python(
        "writes",
        """
        import tempfile
        def process(event):
            with tempfile.NamedTemporaryFile("w+") as f:
                f.write("mine")
                f.seek(0)
                event["own"] = f.read()
            return event
        """);
    project.java("too", "event.put(\"own\", \"mine\"); return event;");

    for (String function : List.of("writes", "too")) {
      assertThat(project.call(function, "{}").get("own")).isEqualTo(new JsonString("mine"));
    }
    assertThat(seen(readsIn(data), data.resolve("tokens.json"))).isEmpty();
  }

  @Test
  @DisplayName("user code in Java is changed while its worker runs, and is kept in a secret folder")
  void aWorkerThatRunsSeesTheVersionsThatComeLater() throws IOException {
    Path kept = Files.createDirectories(data.resolve("code"));
    project.close();
    project = new UserCodeProject(kept.resolve("first"));
    project.secrets = List.of(SecretFolder.whole(data));
    project.code = List.of(kept);
    project.java("f", "event.put(\"own\", \"first\"); return event;");
    assertThat(project.call("f", "{}").get("own")).isEqualTo(new JsonString("first"));

    project.pools().exchange(later(kept.resolve("later")));
    assertThat(project.call("f", "{}").get("own")).isEqualTo(new JsonString("no"));
    assertThat(project.pools().started()).isEqualTo(1);
  }

  private List<WorkerFunction> later(Path where) {
    UserCodeProject version = new UserCodeProject(where);
    version.java(
        "f",
        """
        java.nio.file.Path path = java.nio.file.Path.of("%s");
        event.put("own", java.nio.file.Files.exists(path) ? "yes" : "no");
        return event;
        """
            .formatted(data.resolve("tokens.json")));
    return version.functions();
  }

  private String readsIn(Path where) {
    project.close();
    project = new UserCodeProject(where);
    project.secrets = List.of(SecretFolder.whole(where));
    project.python("reads", READ);
    return "reads";
  }

  @Test
  void ofAFolderWithSomeSecretsTheRestIsSeenAndASecretFolderBelowItIsNot() throws IOException {
    Path below = Files.createDirectories(folder.resolve("other").resolve("data"));
    Files.writeString(below.resolve("tokens.json"), "secret");
    Files.writeString(below.resolveSibling("notes.txt"), "notes");
    Files.writeString(folder.resolve("keys.json"), "secret");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("public.json"));
    project.secrets =
        List.of(
            SecretFolder.whole(below),
            new SecretFolder(folder, Set.of("keys.json", "it's data", "not there")),
            SecretFolder.whole(folder.resolve("not there")));
    project.python("reads", READ);

    assertThat(seen("reads", folder.resolve("public.json"))).startsWith("public");
    assertThat(seen("reads", folder.resolve("link"))).startsWith("public");
    assertThat(seen("reads", below.resolveSibling("notes.txt"))).startsWith("notes");
    for (Path secret :
        List.of(
            folder.resolve("keys.json"),
            data.resolve("tokens.json"),
            below.resolve("tokens.json"))) {
      assertThat(seen("reads", secret)).as(secret.toString()).isEmpty();
    }
  }

  @Test
  void theFolderOfWorkersMayBeInAHiddenFolderOfOneThatIsCoveredToo() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("project").resolve(".data"));
    Files.writeString(inner.resolve("tokens.json"), "secret");
    Files.writeString(inner.resolveSibling("keys.json"), "secret");
    Files.writeString(inner.resolveSibling("notes.txt"), "notes");
    project.close();
    project = new UserCodeProject(inner);
    project.secrets =
        List.of(
            SecretFolder.whole(inner),
            new SecretFolder(inner.getParent(), Set.of(".data", "keys.json")));
    project.python("reads", READ);

    assertThat(seen("reads", inner.resolveSibling("notes.txt"))).startsWith("notes");
    assertThat(seen("reads", inner.resolveSibling("keys.json"))).isEmpty();
    assertThat(seen("reads", inner.resolve("tokens.json"))).isEmpty();
  }

  @Test
  void withoutNamespacesCodeRunsAndIsNotKeptFromFiles() {
    project.namespaces = false;
    project.python("reads", READ);

    assertThat(project.hidesSecrets()).isFalse();
    assertThat(seen("reads", data.resolve("tokens.json"))).contains("secret");
  }

  private static void replace(Path file) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), "secret anew");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
