/**
 * What is uploaded to the clouds: archives of functions, the same bytes for the same input. It
 * knows nothing of how they get there.
 */
@NullMarked
package io.twinloom.packaging.bundle;

import org.jspecify.annotations.NullMarked;
