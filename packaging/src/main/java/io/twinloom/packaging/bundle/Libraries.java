package io.twinloom.packaging.bundle;

import io.twinloom.model.files.FolderTree;
import io.twinloom.packaging.CodeCache;
import io.twinloom.packaging.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What pip installed, kept by what it was asked for: changed code needs no new libraries. */
final class Libraries {
  private static final String FOLDER = "libraries";

  private final CodeCache cache;
  private final Pip pip;
  private final Consumer<String> progress;

  Libraries(CodeCache cache, Map<String, String> environment, Consumer<String> progress) {
    this.cache = cache;
    this.pip = Pip.forClouds(environment);
    this.progress = progress;
  }

  /**
   * The folder of the libraries, installed if they are not there.
   *
   * @param place the code's folder in the project
   */
  Path of(Requirements requirements, String place) throws IOException {
    String fingerprint =
        new Fingerprint().add(Pip.platforms()).add(requirements.fingerprint()).hex();
    Optional<CodeCache.Kept> found = cache.find(fingerprint);
    if (found.isPresent()) {
      return found.get().folder().resolve(FOLDER);
    }
    progress.accept("Installing the libraries of " + place + " ...");
    Path work = cache.aside();
    Path aside = cache.aside();
    try {
      requirements.copyTo(work);
      Path target = Files.createDirectory(aside.resolve(FOLDER));
      pip.install(work, target, place);
      return cache
          .publish(fingerprint, Result.ready(List.of(FOLDER), ""), aside)
          .folder()
          .resolve(FOLDER);
    } finally {
      FolderTree.delete(work);
      FolderTree.delete(aside);
    }
  }
}
