package io.twinloom.cli.newcloud;

import io.twinloom.runner.forms.UserCodeForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the made-up cloud runs user code. */
public final class NimbusForm implements UserCodeForm {

  @Override
  public String cloud() {
    return "nimbus";
  }

  @Override
  public Runtime python() {
    return new Runtime("snake-3", "rain.fall");
  }

  @Override
  public Runtime java() {
    return new Runtime("bean-21", "Rain");
  }

  @Override
  public SortedMap<String, byte[]> pythonEntry() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("rain.py", "def fall(event): pass\n".getBytes(StandardCharsets.UTF_8));
    return files;
  }

  @Override
  public List<String> pythonLibraries() {
    return List.of();
  }

  @Override
  public SortedMap<String, byte[]> pythonStandIns() {
    return new TreeMap<>();
  }

  @Override
  public String pythonForm() {
    return "PYTHON_NIMBUS";
  }

  @Override
  public Map<String, String> environment(String function, Path folder) {
    return Map.of("NIMBUS_FUNCTION", function);
  }

  @Override
  public String javaRunner() {
    return "rain.jar";
  }

  @Override
  public Optional<String> javaEntryPackage() {
    return Optional.empty();
  }

  @Override
  public Optional<SizeLimit> unpackedLimit() {
    return Optional.of(new SizeLimit("Nimbus", 100_000_000));
  }
}
