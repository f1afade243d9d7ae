/**
 * What a function needs of the cloud it runs on; each port has one contract suite in the testkit.
 */
@NullMarked
package io.twinloom.functions.port;

import org.jspecify.annotations.NullMarked;
