/** Certificates for tests of encrypted channels; trusted by nobody else. */
@NullMarked
package io.twinloom.testkit.tls;

import org.jspecify.annotations.NullMarked;
