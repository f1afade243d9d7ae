package io.twinloom.server.projects;

import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A project as a ZIP, without secrets; the same files make the same bytes. */
final class ProjectZip {

  private ProjectZip() {}

  static byte[] of(Path source) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ProjectFiles files = ProjectSource.open(source);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String path : files.below("")) {
        if (ProjectText.isOfProject(path) && !ProjectText.isSecret(path)) {
          ZipEntry entry = new ZipEntry(path);
          entry.setTime(0);
          zip.putNextEntry(entry);
          zip.write(files.read(path).orElse(new byte[0]));
          zip.closeEntry();
        }
      }
    } catch (IOException e) {
      throw ProjectText.unreadable(source.toString(), e);
    }
    return out.toByteArray();
  }
}
