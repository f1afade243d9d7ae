package io.twinloom.cli.newcloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.testkit.terraform.OfflineTerraform;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A cloud joins without a change to the program: here a fourth one, of which the program has never
 * heard, is put beside it on the class path. Its service files and its HCL are in {@code newcloud/}
 * of the test resources, which only the commands run here see, in a class loader of their own.
 */
class NewCloudTest {

  private static final String PROCESS = "def process(event):\n    return event\n";

  private final Map<String, String> environment = new HashMap<>();
  private Path folder;
  private URLClassLoader program;

  @BeforeEach
  void put() throws IOException {
    environment.putAll(OfflineTerraform.environment());
    folder = OfflineTerraform.emptyFolder("new-cloud");
    Path artifacts = Files.createDirectories(folder.resolve("clouds"));
    Files.writeString(artifacts.resolve("twinloom-nimbus.jar"), "a jar");
    environment.put("TWINLOOM_ARTIFACTS", artifacts.toString());
    ProjectBuilder.of("hall").pythonProcessor("sensor-1", PROCESS).writeTo(folder.resolve("twin"));
    JsonObject.Builder providers = JsonObject.builder();
    for (String layer : List.of("1", "2", "3_hot", "3_cold", "3_archive")) {
      providers.put("layer_" + layer + "_provider", "nimbus");
    }
    write(
        "config_providers.json",
        providers.put("layer_4_provider", "none").put("layer_5_provider", "none").build());
    write(
        "config_credentials.json",
        JsonObject.builder()
            .put("nimbus", JsonObject.builder().put("nimbus_key", "k-1").build())
            .build());
    program = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
  }

  @AfterEach
  void close() throws IOException {
    if (program != null) {
      program.close();
    }
  }

  private void write(String file, JsonObject json) throws IOException {
    Files.writeString(folder.resolve("twin").resolve(file), Json.text(json));
  }

  private static URL[] classPath() throws MalformedURLException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<URL> urls = new ArrayList<>();
    urls.add(Objects.requireNonNull(NewCloudTest.class.getResource("/newcloud/")));
    for (String entry : all.split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** What a command said; it must have done what it was to do. */
  private Object[] run(String... words) throws Exception {
    return (Object[])
        program
            .loadClass("io.twinloom.cli.newcloud.Command")
            .getMethod("run", Path.class, Map.class, String[].class)
            .invoke(null, folder, environment, words);
  }

  private String done(String... words) throws Exception {
    Object[] run = run(words);
    assertThat(run[0]).as("%s%n%s", run[1], run[2]).isEqualTo(0);
    return run[1] + "\n" + run[2];
  }

  @Test
  void aTwinOnItIsValidatedAndPlanned() throws Exception {
    assertThat(done("validate", "twin")).doesNotContain("TL-");
    assertThat(done("plan", "twin")).contains("nimbus").doesNotContain("aws");
    assertThat(done("check-credentials", "twin")).contains("nimbus: account k-1 in sky");
  }

  @Test
  void itsPackagesAreMadeAsItWantsThem() throws Exception {
    String made = done("package", "twin", "--out", folder.resolve("out").toString(), "--json");
    assertThat(made)
        .contains("\"snake-3\"", "\"rain.fall\"", "\"bean-21\"", "\"io.twinloom.nimbus.Drop\"");
    assertThat(folder.resolve("out").resolve("nimbus").resolve("system.zip")).exists();
  }

  @Test
  void aTwinIsDeployedToItADeviceSendsAndAllIsRemoved() throws Exception {
    assertThat(done("deploy", "twin", "--target", "cloud", "--yes"))
        .contains("puddle hall-dispatcher");
    Path variables = files("terraform.tfvars.json").getFirst();
    assertThat(Json.parseObject(Files.readAllBytes(variables)).object("regions"))
        .contains(JsonObject.builder().put("nimbus", "sky").put("nimbus_rain", "valley").build());
    assertThat(files("droplet.key")).hasSize(1);

    Object[] nothing = run("deploy", "twin", "--target", "cloud", "--pause");
    assertThat(String.valueOf(nothing[2])).as("no tier moves").contains("TL-CHANGE-NONE");

    done("send", "twin", "--target", "cloud", "--device", "sensor-1", "{\"temperature\": 1}");

    assertThat(files("published").getFirst()).hasContent("{\"temperature\": 1}");

    assertThat(done("destroy", "twin", "--target", "cloud", "--yes"))
        .as("what holds data is listed and stays")
        .contains("puddle hall-dispatcher", "--delete-data");
    assertThat(files("terraform.tfvars.json")).hasSize(1);

    Object[] refused = run("destroy", "twin", "--target", "cloud", "--delete-data");
    assertThat(refused[0]).as("data goes on a word of its own").isEqualTo(1);
    assertThat(String.valueOf(refused[2])).contains("TL-UNASKED");
    Object[] unknown =
        run("destroy", "twin", "--target", "cloud", "--delete-data=nimbus:sea", "--yes");
    assertThat(String.valueOf(unknown[2])).contains("TL-STORE-UNKNOWN", "nimbus:sea");
    Object[] here = run("destroy", "twin", "--delete-data=nimbus:sea");
    assertThat(here[0]).as("stores are named on clouds alone").isEqualTo(2);

    assertThat(done("destroy", "twin", "--target", "cloud", "--delete-data", "--yes"))
        .contains("puddle");
    assertThat(files("droplet.key")).isEmpty();
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("twin"))) {
      return all.filter(file -> file.getFileName().toString().equals(name)).toList();
    }
  }
}
