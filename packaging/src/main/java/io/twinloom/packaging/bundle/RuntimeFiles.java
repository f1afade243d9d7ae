package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.UserCode.Form;
import io.twinloom.packaging.PackagingError;
import io.twinloom.runner.forms.UserCodeForm;
import io.twinloom.runner.forms.UserCodeForms;
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
    UserCodeForm own = form(cloud);
    SortedMap<String, byte[]> files =
        form.isPython()
            ? PythonFiles.forPackage(own)
            : Collections.unmodifiableSortedMap(new JavaRunner(own).files());
    return new RuntimeFiles(files, new Fingerprint().add(files).hex());
  }

  /**
   * How a cloud runs user code.
   *
   * @throws TwinloomException if that is not known of it
   */
  static UserCodeForm form(Provider cloud) {
    return UserCodeForms.of(cloud.id())
        .orElseThrow(
            () ->
                new TwinloomException(
                    PackagingError.PACKAGE_CLOUD_NOT_YET,
                    "This version of Twinloom has no form of user code for " + cloud.id() + " yet",
                    cloud.id(),
                    "Place layer 2 on another cloud, or run this twin on the local clouds."));
  }
}
