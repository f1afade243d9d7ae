/**
 * What functions need of the cloud they run on; each port has one contract suite in the testkit.
 */
@NullMarked
package io.twinloom.functions.port;

import org.jspecify.annotations.NullMarked;
