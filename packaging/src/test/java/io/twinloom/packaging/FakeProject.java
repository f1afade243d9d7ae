package io.twinloom.packaging;

import io.twinloom.model.ProjectFiles;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.UserCode.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A project's files in memory. */
final class FakeProject implements ProjectFiles {
  final TreeMap<String, byte[]> files = new TreeMap<>();
  final List<UserCode> code = new ArrayList<>();

  FakeProject with(Form form, String name, String file, String text) {
    return with(form, name, file, text.getBytes(StandardCharsets.UTF_8));
  }

  FakeProject with(Form form, String name, String file, byte[] content) {
    String folder = "processors/" + name;
    files.put(folder + "/" + file, content);
    UserCode one = new UserCode(Role.PROCESSOR, name, folder, form, Optional.empty());
    if (!code.contains(one)) {
      code.add(one);
    }
    return this;
  }

  FakeProject python(String name, String text) {
    return with(Form.PYTHON_PROCESS, name, "process.py", text);
  }

  FakeProject java(String name, String text) {
    return with(Form.JAVA_SOURCE, name, "Code.java", text);
  }

  @Override
  public String source() {
    return "a test's project";
  }

  @Override
  public List<String> below(String folder) {
    return files.keySet().stream().filter(p -> p.startsWith(folder + "/")).toList();
  }

  @Override
  public long size(String path) {
    return read(path).map(content -> content.length).orElse(-1);
  }

  @Override
  public void extract(String folder, Path directory) {
    throw new UnsupportedOperationException("checking reads files one by one");
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public void close() {}
}
