package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.UserCode.Role;
import io.twinloom.packaging.PreparedCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries for runs on this machine, from wheels in a folder: none of this needs a network. */
@Tag("full")
class LocalLibrariesTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void wheels() throws IOException {
    environment.keySet().removeIf(name -> name.startsWith("PIP_"));
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_NO_INDEX", "1");
    environment.put("PIP_FIND_LINKS", folder.resolve("wheels").toString());
    Wheel.make(folder.resolve("wheels"), "half", "1.0", "py3-none-any", "HALF = 0.5\n");
    Wheel.make(folder.resolve("wheels"), "third", "1.0", "py3-none-any", "THIRD = 0.3\n");
  }

  private List<Path> install(Form form, String requirements) throws IOException {
    return install(form, requirements.getBytes(StandardCharsets.UTF_8));
  }

  private List<Path> install(Form form, byte[] requirements) throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.write(code.resolve("requirements.txt"), requirements);
    return LocalLibraries.of(
            folder.resolve("libraries"),
            environment,
            InstantSource.fixed(Instant.EPOCH),
            progress::add)
        .of(
            new PreparedCode(
                new UserCode(Role.PROCESSOR, "pump", "processors/pump", form, Optional.empty()),
                List.of(code),
                form.file(),
                "digest",
                code));
  }

  @Test
  void theyAreInstalledOnceAndItIsSaid() throws IOException {
    List<Path> first = install(Form.PYTHON_PROCESS, "half==1.0\n");
    environment.put("PIP_FIND_LINKS", folder.resolve("gone").toString());
    List<Path> second = install(Form.PYTHON_PROCESS, "half==1.0\n");

    assertThat(first.getFirst().resolve("half.py")).hasContent("HALF = 0.5");
    assertThat(second).isEqualTo(first);
    assertThat(progress).containsExactly("Installing the libraries of processors/pump");
  }

  @Test
  @Tag("full")
  void whatCannotBeInstalledIsToldAndTheRestIsThere() throws IOException {
    Path libraries =
        install(
                Form.PYTHON_PROCESS,
                "half==1.0\nno-such-thing==9.9\nthird; python_version >= '3.8'\n"
                    + "third==7; sys_platform == 'win32'\npip>=1\n")
            .getFirst();

    assertThat(libraries.resolve("half.py")).exists();
    assertThat(libraries.resolve("third.py")).exists();
    assertThat(progress).hasSize(2);
    assertThat(progress.get(1))
        .startsWith("warning: without 'no-such-thing==9.9' of processors/pump/requirements.txt: ")
        .contains("no wheel");
  }

  @Test
  void whatWorkersBringIsNotFetchedForCodeOfThatForm() throws IOException {
    assertThat(install(Form.PYTHON_AZURE, "azure_functions\nFlask>=3\n")).isEmpty();
    assertThat(install(Form.PYTHON_GOOGLE, "functions-framework==3.*\n")).isEmpty();
    assertThat(progress).isEmpty();
  }

  @Test
  @Tag("full")
  void anIndexThatCannotBeReachedIsToldOnce() throws IOException {
    environment.remove("PIP_NO_INDEX");
    environment.remove("PIP_FIND_LINKS");
    environment.put("PIP_RETRIES", "1");
    environment.put("PIP_INDEX_URL", "http://127.0.0.1:1/simple");
    install(Form.PYTHON_PROCESS, "one-thing-of-nobody\nanother-thing-of-nobody\n");

    assertThat(progress).hasSize(2);
    assertThat(progress.get(1)).contains("pip cannot reach where libraries come from");
  }
}
