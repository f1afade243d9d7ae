package io.twinloom.model.files;

import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.text.Count;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A project in a ZIP, at its root or in its one top folder. Everything that the directory of the
 * ZIP declares is checked when it is opened; an entry that then turns out to be larger than the
 * directory says, or another one, is an error when it is read.
 */
final class ZipFiles extends IndexedFiles<ZipEntry> {
  private final ZipFile zip;

  private ZipFiles(String source, TreeMap<String, ZipEntry> index, ZipFile zip) {
    super(source, index);
    this.zip = zip;
  }

  static ZipFiles open(Path path) throws IOException {
    long bytes = Files.size(path);
    if (bytes > Limits.MAX_ZIP_BYTES) {
      throw refused(
          ModelError.ZIP_TOO_LARGE,
          "The ZIP has " + bytes + " bytes, more than " + (Limits.MAX_ZIP_BYTES >> 20) + " MB.",
          path.toString(),
          "Leave out what is not part of the project, such as virtual environments and data.");
    }
    ZipFile zip;
    List<ZipDirectory.Entry> directory;
    Charset names;
    try {
      directory = ZipDirectory.read(path);
      if (directory.size() > Limits.MAX_ENTRIES) {
        throw refused(
            ModelError.ZIP_ENTRIES,
            "The ZIP has "
                + Count.of(directory.size(), "entry", "entries")
                + ", more than "
                + Limits.MAX_ENTRIES
                + ".",
            path.toString(),
            "Leave out what is not part of the project, such as virtual environments and data.");
      }
      names =
          ZipNames.encodingOf(
              directory.stream()
                  .filter(e -> !e.isUtf8())
                  .map(ZipDirectory.Entry::rawName)
                  .toList());
      zip = new ZipFile(path.toFile(), names);
    } catch (ZipException e) {
      throw damaged(path.toString(), String.valueOf(e.getMessage()), e);
    }
    try {
      TreeMap<String, ZipEntry> all = checked(zip, directory, names, bytes, path.toString());
      return new ZipFiles(path.toString(), projectIn(all), zip);
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  @Override
  InputStream open(ZipEntry entry) throws IOException {
    InputStream in = zip.getInputStream(entry);
    if (in == null) {
      throw new ZipException(entry.getName() + " is not in the ZIP");
    }
    return new VerifiedStream(in, entry);
  }

  @Override
  long sizeOf(ZipEntry entry) {
    return entry.getSize();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static TreeMap<String, ZipEntry> checked(
      ZipFile zip,
      List<ZipDirectory.Entry> directory,
      Charset names,
      long zipBytes,
      String source) {
    TreeMap<String, ZipEntry> files = new TreeMap<>();
    Enumeration<? extends ZipEntry> entries = zip.entries();
    long unpacked = 0;
    for (ZipDirectory.Entry flags : directory) {
      if (!entries.hasMoreElements()) {
        throw damaged(source, "its directory can be read in two ways", null);
      }
      ZipEntry entry = entries.nextElement();
      if (!entry.getName().equals(flags.name(names))) {
        throw damaged(source, "its directory can be read in two ways", null);
      }
      String path = EntryPath.of(entry.getName());
      if (flags.special()) {
        throw refused(
            ModelError.ZIP_LINK,
            "The entry " + EntryPath.shown(entry.getName()) + " is a link or a device.",
            EntryPath.shown(entry.getName()),
            "Put the file itself into the ZIP.");
      }
      if (flags.encrypted()) {
        throw refused(
            ModelError.ZIP_ENCRYPTED,
            "The entry " + path + " is encrypted.",
            path,
            "Make the ZIP without a password.");
      }
      unpacked += Math.max(0, entry.getSize());
      checkSizes(entry, path, unpacked, zipBytes);
      if (!entry.isDirectory() && files.put(path, entry) != null) {
        throw refused(
            ModelError.ZIP_PATH, "The ZIP holds " + path + " twice.", path, "Make the ZIP again.");
      }
    }
    for (String path : files.keySet()) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        if (files.containsKey(path.substring(0, slash))) {
          throw refused(
              ModelError.ZIP_PATH,
              "The ZIP holds " + path.substring(0, slash) + " both as a file and as a folder.",
              path,
              "Make the ZIP again.");
        }
      }
    }
    return files;
  }

  private static void checkSizes(ZipEntry entry, String path, long unpacked, long zipBytes) {
    long size = entry.getSize();
    boolean bomb =
        unpacked > zipBytes * Limits.MAX_RATIO
            || (size > Limits.SMALL_ENTRY_BYTES
                && size > entry.getCompressedSize() * Limits.MAX_RATIO);
    if (unpacked > Limits.MAX_UNPACKED_BYTES) {
      throw refused(
          ModelError.ZIP_TOO_LARGE,
          "The ZIP unpacks to more than " + (Limits.MAX_UNPACKED_BYTES >> 20) + " MB.",
          path,
          "Leave out what is not part of the project, such as virtual environments and data.");
    }
    if (size < 0 || bomb) {
      throw refused(
          ModelError.ZIP_RATIO,
          "The ZIP unpacks to more than "
              + Limits.MAX_RATIO
              + " times its size, at "
              + path
              + " with "
              + Count.of(size, "byte")
              + ".",
          path,
          "Leave out what is not part of the project; a ZIP of code and configuration never packs"
              + " so well.");
    }
  }

  /** The project's own paths: those below the one top folder, where the root holds no project. */
  private static TreeMap<String, ZipEntry> projectIn(TreeMap<String, ZipEntry> all) {
    TreeMap<String, ZipEntry> wanted = new TreeMap<>();
    for (var file : all.entrySet()) {
      if (!isIgnored(file.getKey()) && !Limits.isIgnoredFile(file.getKey())) {
        wanted.put(file.getKey(), file.getValue());
      }
    }
    String top = oneTopFolder(wanted);
    if (top.isEmpty() || wanted.containsKey("config.json")) {
      return wanted;
    }
    TreeMap<String, ZipEntry> inside = new TreeMap<>();
    for (var file : wanted.entrySet()) {
      if (file.getKey().startsWith(top)) {
        inside.put(file.getKey().substring(top.length()), file.getValue());
      }
    }
    return inside;
  }

  /** The one folder at the top that everything is in, with its slash; empty if there is none. */
  private static String oneTopFolder(TreeMap<String, ZipEntry> files) {
    String top = "";
    boolean holdsConfiguration = false;
    for (String path : files.keySet()) {
      int slash = path.indexOf('/');
      String first = slash < 0 ? "" : path.substring(0, slash + 1);
      if (first.isEmpty() || (!top.isEmpty() && !first.equals(top))) {
        return "";
      }
      top = first;
      holdsConfiguration |= path.startsWith("config", slash + 1);
    }
    return holdsConfiguration ? top : "";
  }

  private static boolean isIgnored(String path) {
    int start = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
      if (Limits.isIgnored(path.substring(start, slash))) {
        return true;
      }
      start = slash + 1;
    }
    return false;
  }

  private static TwinloomException damaged(String source, String why, @Nullable Throwable cause) {
    return new TwinloomException(
        ModelError.ZIP_DAMAGED,
        "The ZIP cannot be read: " + why + ".",
        source,
        "Make the ZIP again from the project folder.",
        cause);
  }

  static TwinloomException refused(ErrorCode error, String what, String where, String fix) {
    return new TwinloomException(error, what, where, fix);
  }
}
