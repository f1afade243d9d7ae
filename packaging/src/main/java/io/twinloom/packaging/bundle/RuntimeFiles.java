package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import io.twinloom.model.UserCode.Form;
import io.twinloom.runner.python.PythonFiles;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;

/**
 * What stands around user code of one language in the packages of one cloud.
 *
 * @param fingerprint of the files
 */
record RuntimeFiles(SortedMap<String, byte[]> files, String fingerprint) {

  static RuntimeFiles of(Provider cloud, Form form) throws IOException {
    SortedMap<String, byte[]> files =
        form.isPython()
            ? PythonFiles.forPackage(
                PythonFiles.Cloud.valueOf(cloud.id().toUpperCase(java.util.Locale.ROOT)))
            : Collections.unmodifiableSortedMap(new JavaRunner(cloud).files());
    return new RuntimeFiles(files, new Fingerprint().add(files).hex());
  }
}
