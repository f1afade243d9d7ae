/**
 * A made-up cloud, as small as one can be: what there is here is all that the program has to be
 * given of a new one. It is no copy of any cloud, and nothing outside of its test uses it.
 */
@NullMarked
package io.twinloom.cli.newcloud;

import org.jspecify.annotations.NullMarked;
